/** The text that a new manifest begins with: a DaemonSet that the server accepts, and what is most often added. */
export function manifestTemplate(namespace: string): string {
  return `# One pod on every node that the template below allows.
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: node-agent
  namespace: ${JSON.stringify(namespace).slice(1, -1)}
spec:
  selector:
    matchLabels:
      app: node-agent # the same as the template's labels; it can never be changed
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 1 # a number of nodes, or a percentage: 10%
  template:
    metadata:
      labels:
        app: node-agent
    spec:
      # nodeSelector:
      #   kubernetes.io/os: linux
      # tolerations:
      #   - operator: Exists # tainted nodes too
      containers:
        - name: node-agent
          image: registry.k8s.io/pause:3.10
          resources:
            requests:
              cpu: 10m
              memory: 16Mi
            limits:
              memory: 64Mi
`;
}
