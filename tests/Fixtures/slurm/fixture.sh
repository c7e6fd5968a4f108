#!/bin/bash
# fixture.sh DIR COMMAND...: runs a command with SLURM_CONF set to a throwaway cluster of two nodes on this machine, without systemd. All
# daemons are children and end with it. NODES, CPUS (of each node), PORT and LOST (seconds after which a node that
# is silent is down) may be set.
set -uo pipefail
D=$(realpath -m "$1"); shift
H=$(hostname -s); N=${NODES:-2}; P0=${PORT:-26817}
mkdir -p "$D"/{state,log,run}; chmod 755 "$D" "$D/run"
for i in $(seq "$N"); do mkdir -p "$D/tmp.node$i" "$D/spool.node$i"; done
head -c 1024 /dev/urandom > "$D/munge.key"; chmod 400 "$D/munge.key"
{
    # cred_expire: else a requeued job waits two minutes for its old credential. TmpFS: else two slurmd on one host collide. KillOnBadExit: else a
    # dead rank hangs its job. config_overrides: more or fewer cores than there are. MinJobAge: what ended stays to be asked for.
    cat <<CONF
ClusterName=relora
SlurmctldHost=$H(127.0.0.1)
SlurmctldPort=$P0
AuthType=auth/munge
AuthInfo=socket=$D/run/munge.sock,cred_expire=5
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$D/state
SlurmdSpoolDir=$D/spool.%n
TmpFS=$D/tmp.%n
SlurmctldPidFile=$D/run/slurmctld.pid
SlurmdPidFile=$D/run/slurmd.%n.pid
SlurmctldLogFile=$D/log/slurmctld.log
SlurmdLogFile=$D/log/slurmd.%n.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$D/log/jobcomp.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
JobRequeue=1
KillOnBadExit=1
KillWait=5
MinJobAge=3600
ReturnToService=2
SlurmdTimeout=${LOST:-10}
CONF
    for i in $(seq "$N"); do
        echo "NodeName=node$i NodeHostname=$H NodeAddr=127.0.0.1 Port=$((P0 + i)) CPUs=${CPUS:-1} RealMemory=4000"
    done
    echo "PartitionName=low Nodes=ALL Default=YES MaxTime=INFINITE PriorityTier=1 PreemptMode=REQUEUE"
    echo "PartitionName=high Nodes=ALL MaxTime=INFINITE PriorityTier=10 PreemptMode=OFF"
} > "$D/slurm.conf"
export SLURM_CONF="$D/slurm.conf" OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
DAEMONS=()
# slurmd waits for its steps: jobs go first.
cleanup() {
    timeout 5 scancel -u root 2>/dev/null
    sleep 1
    for p in "${DAEMONS[@]}"; do kill "$p" 2>/dev/null; done
    sleep 0.5
    # Of daemons that a test has killed, steps and their processes stay behind: all of this cluster know its settings. A killed process is
    # there until it has had a processor's time to end in, so this ends only when none is left.
    mark=SLURM_CONF=$SLURM_CONF
    unset SLURM_CONF # else who looks for them is one of them
    for _ in $(seq 100); do
        left=$(grep -lazF "$mark" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 | grep -vx "$$")
        [ -n "$left" ] || break
        for p in $left; do kill -9 "$p" 2>/dev/null; done
        sleep 0.1
    done
}
trap cleanup EXIT
trap 'exit 143' TERM INT HUP
munged -F --force --key-file="$D/munge.key" --socket="$D/run/munge.sock" --pid-file="$D/run/munged.pid" --log-file="$D/log/munged.log" --seed-file="$D/run/munged.seed" 2>/dev/null & DAEMONS+=($!)
for _ in $(seq 50); do [ -S "$D/run/munge.sock" ] && break; sleep 0.05; done
slurmctld -D -f "$SLURM_CONF" >/dev/null 2>&1 & DAEMONS+=($!)
for i in $(seq "$N"); do
    slurmd -D -f "$SLURM_CONF" -N "node$i" >/dev/null 2>&1 & DAEMONS+=($!)
    echo $! > "$D/run/node$i.daemon"
done
for _ in $(seq 200); do
    kill -0 "${DAEMONS[1]}" 2>/dev/null || { tail -3 "$D/log/slurmctld.log" >&2; exit 3; }
    [ "$(timeout 2 sinfo -h -N -p low -t idle -o %N 2>/dev/null | wc -l)" -ge "$N" ] && break
    sleep 0.1
done
"$@" &
wait $!
