// Command metrics-server is the Kubernetes metrics server, and ends when its
// standard input does.
package main

import (
	"os"

	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/component-base/logs"
	"sigs.k8s.io/metrics-server/cmd/metrics-server/app"
)

func main() {
	go exitWithStandardInput()
	logs.InitLogs()
	defer logs.FlushLogs()
	if app.NewMetricsServerCommand(genericapiserver.SetupSignalHandler()).Execute() != nil {
		os.Exit(1)
	}
}

// exitWithStandardInput ends this process when the one that started it is
// gone, however that one died: its end of the pipe is closed by the system.
func exitWithStandardInput() {
	buffer := make([]byte, 64)
	for {
		if _, err := os.Stdin.Read(buffer); err != nil {
			os.Exit(0)
		}
	}
}
