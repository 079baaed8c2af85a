package main

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"go.etcd.io/etcd/server/v3/embed"
)

// runEtcd serves one etcd member without fsync: its data need not outlive it.
func runEtcd(arguments []string) int {
	flags := flag.NewFlagSet("etcd", flag.ExitOnError)
	dataDir := flags.String("data-dir", "", "folder of the data")
	client := flags.String("listen-client-url", "", "URL for clients")
	peer := flags.String("listen-peer-url", "", "URL for peers")
	_ = flags.Parse(arguments)

	config := embed.NewConfig()
	config.Dir = *dataDir
	config.UnsafeNoFsync = true
	config.LogLevel = "warn"
	config.QuotaBackendBytes = 8 << 30
	config.MaxRequestBytes = 8 << 20
	var err error
	if config.ListenClientUrls, err = urls(*client); err != nil {
		return fail(err)
	}
	if config.ListenPeerUrls, err = urls(*peer); err != nil {
		return fail(err)
	}
	config.AdvertiseClientUrls = config.ListenClientUrls
	config.AdvertisePeerUrls = config.ListenPeerUrls
	config.InitialCluster = config.InitialClusterFromName(config.Name)

	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return fail(err)
	}
	defer etcd.Close()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	select {
	case <-stop:
		return 0
	case err := <-etcd.Err():
		return fail(err)
	}
}

func urls(text string) ([]url.URL, error) {
	parsed, err := url.ParseRequestURI(text)
	if err != nil {
		return nil, err
	}
	return []url.URL{*parsed}, nil
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, "etcd:", err)
	return 1
}
