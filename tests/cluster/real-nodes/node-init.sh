#!/bin/sh
# Process 1 of a real node, in namespaces of its own for mounts, processes, network, cgroups, IPC and host name. All that
# kubelet, containerd and CNI change is inside of them and gone with them. NODE_DIR holds its configuration; the rest of
# its settings are variables too. It ends when its standard input is closed.
set -eu

own_cgroups() {
  mount -t sysfs sysfs /sys
  mount -t tmpfs tmpfs /sys/fs/cgroup
  while read -r name options; do
    mkdir "/sys/fs/cgroup/$name"
    mount -t cgroup -o "$options" cgroup "/sys/fs/cgroup/$name"
  done < "$NODE_DIR/cgroups"
}

own_folders() {
  # Containers see later mounts of volumes only where propagation is shared; the outside is cut off already.
  mount --make-rshared /
  mount -t tmpfs tmpfs /run
  # On the disk: the kubelet reads how full the file system of its images and logs is, and knows no tmpfs.
  for dir in /var/lib /var/log; do
    mkdir -p "$NODE_DIR/root$dir"
    mount --bind "$NODE_DIR/root$dir" "$dir"
  done
  # Nothing but the node's own folder can be written to on this machine's disks.
  mount --bind "$NODE_DIR" "$NODE_DIR"
  mount -o remount,bind,ro /
  mkdir -p /run/tmp /run/sysctl /var/log/pods /var/log/containers "$CNI_CONFIG_DIR"
  cp "$NODE_DIR/cni.conflist" "$CNI_CONFIG_DIR"
}

# The kubelet sets these for the whole machine. It finds the values it wants and leaves the real ones alone.
seem() {
  printf '%s\n' "$2" > "/run/sysctl/${1##*/}"
  mount --bind "/run/sysctl/${1##*/}" "/proc/sys/$1"
}

own_network() {
  ip link set lo up
  until ip link show eth0 > /dev/null 2>&1; do sleep 0.05; done
  ip address add "$NODE_ADDRESS/$LINK_PREFIX" dev eth0
  ip link set eth0 up
}

start_containerd() {
  "$CONTAINERD" --config "$NODE_DIR/containerd.toml" > "$NODE_DIR/containerd.log" 2>&1 &
  until "$CTR" version > /dev/null 2>&1; do
    kill -0 $!
    sleep 0.1
  done
  for image in $IMAGES; do "$CTR" -n k8s.io images import "$image"; done
}

start_kubelet() {
  exec "$KUBELET" --config "$NODE_DIR/kubelet.json" --kubeconfig "$NODE_DIR/kubelet.kubeconfig" \
    --hostname-override "$NODE_NAME" --node-ip "$NODE_ADDRESS" --cert-dir /var/lib/kubelet/pki \
    > "$NODE_DIR/kubelet.log" 2>&1
}

bring_up() {
  printf '%s' "$NODE_NAME" > /proc/sys/kernel/hostname
  own_cgroups
  own_folders
  seem vm/overcommit_memory 1
  seem vm/panic_on_oom 0
  seem kernel/panic 10
  seem kernel/panic_on_oops 1
  seem kernel/keys/root_maxkeys 1000000
  seem kernel/keys/root_maxbytes 25000000
  own_network
  export TMPDIR=/run/tmp
  start_containerd
  start_kubelet
}

# -1 is everything in here but process 1, which then comes to its own end.
(bring_up || kill -9 -1) &
cat > /dev/null || true
