/** A DaemonSet of about so many lines, as people write them: comments, quotes, block scalars, brackets. */
export function manifestOfLines(lines: number): string {
  const containers = Math.ceil((lines - HEAD.split('\n').length) / container(0).split('\n').length);
  return HEAD + Array.from({ length: containers }, (_, index) => container(index)).join('');
}

/** The same as long as so many bytes, or a little longer. */
export function manifestOfBytes(bytes: number): string {
  return (
    HEAD + Array.from({ length: Math.ceil(bytes / container(1000).length) }, (_, index) => container(index)).join('')
  );
}

const HEAD = `# the agents of every node
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agents
  labels: {app.kubernetes.io/name: agents, tier: "node"}
spec:
  selector:
    matchLabels: {app: agents}
  template:
    metadata:
      labels:
        app: agents
    spec:
      containers:
`;

function container(index: number): string {
  return `        # agent ${index}
        - name: agent-${index}
          image: "registry.example.com/agents/agent:${index}" # pinned
          args: [--verbose, '--listen=:${8000 + index}']
          env:
            - name: NODE_NAME
              valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
            - name: CONFIG
              value: |
                server: on
                # not a comment
                level: info
          resources:
            limits:
              cpu: 100m
              memory: 64Mi
`;
}
