const fluentBit = `[SERVICE]
    Flush         2
    Log_Level     \${FLUENT_LOG_LEVEL}
    Parsers_File  parsers.conf
    HTTP_Server   On
    HTTP_Port     2020
    Health_Check  On

[INPUT]
    Name          tail
    Path          /var/log/containers/*.log
    Tag           node.*
    Parser        cri
    Mem_Buf_Limit 16MB

[FILTER]
    Name          kubernetes
    Match         node.*
    Labels        On
    Annotations   Off

[OUTPUT]
    Name          http
    Match         *
    Host          \${FLUENT_OUTPUT_HOST}
    Port          443
    TLS           On
    Header        Authorization Bearer \${FLUENT_OUTPUT_TOKEN}
`;

const parsers = `[PARSER]
    Name        cri
    Format      regex
    Regex       ^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<part>[FP]) (?<message>.*)$
    Time_Key    time
    Time_Format %Y-%m-%dT%H:%M:%S.%L%z
`;

const falco = `rules_files:
  - /etc/falco/falco_rules.local.yaml
json_output: true
priority: notice
http_output:
  enabled: true
`;

const falcoRules = `- list: package_managers
  items: [apt, apk, dnf]

- rule: Package manager in a running container
  desc: Software is installed at build time, never in a pod that serves
  condition: spawned_process and container and proc.name in (package_managers)
  output: A package manager was started (pod=%k8s.pod.name command=%proc.cmdline)
  priority: WARNING
`;

const kubeProxy = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clusterCIDR: 10.128.0.0/10
clientConnection:
  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf
conntrack:
  maxPerCore: 32768
`;

const kubeProxyKubeconfig = `apiVersion: v1
kind: Config
clusters:
  - name: default
    cluster:
      server: https://api.demo.example.com:6443
      certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
users:
  - name: default
    user:
      tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token
contexts:
  - name: default
    context: { cluster: default, user: default }
current-context: default
`;

/** Contents of the opening state's ConfigMaps. */
export const CONFIG_TEXTS = { fluentBit, parsers, falco, falcoRules, kubeProxy, kubeProxyKubeconfig } as const;
