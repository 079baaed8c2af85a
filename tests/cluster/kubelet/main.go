// Command kubelet is Kubernetes' kubelet for a node in network and process
// namespaces of its own. It adds two things: its end with standard input, and a
// way out of the namespace to an API server that listens on 127.0.0.1 outside.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

// The address to listen on inside, and the Unix socket that leads outside.
const (
	relayAddress = "EVERYNODE_RELAY_ADDRESS"
	relaySocket  = "EVERYNODE_RELAY_SOCKET"
)

func main() {
	if address := os.Getenv(relayAddress); address != "" {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		go relay(listener, os.Getenv(relaySocket))
	}
	os.Exit(cli.Run(kubelet.NewKubeletCommand(context.Background())))
}

// relay carries every connection over the socket. A network namespace does not
// hold for Unix sockets, so nothing outside has to listen on more than loopback.
func relay(listener net.Listener, socket string) {
	for {
		inside, err := listener.Accept()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		go carry(inside, socket)
	}
}

func carry(inside net.Conn, socket string) {
	defer inside.Close()
	outside, err := net.Dial("unix", socket)
	if err != nil {
		return
	}
	defer outside.Close()
	ended := make(chan struct{}, 2)
	copyAll := func(to, from net.Conn) {
		io.Copy(to, from)
		ended <- struct{}{}
	}
	go copyAll(inside, outside)
	go copyAll(outside, inside)
	<-ended
}
