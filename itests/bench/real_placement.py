#!/usr/bin/python3
"""OpenStack's own Placement beside ours: Debian's packages, filled with the same hosts, asked by ten clients.

  itests/bench/real_placement.py [SECONDS]

Needs Debian's placement-api, python3-placement, uwsgi-plugin-python3, python3-pymysql and mariadb-server. Everything
lives in a folder of its own and on loopback, and ends with it.
"""
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid

CLOUDS, REGIONS, ZONES, HOSTS = 20, 5, 3, 73
CORES, MEMORY_MB, DISK_GB = 96, 384 * 1024, 4000
CLIENTS, PROCESSES = 10, 2
# A host's third is used, as in our federation.
USED = ((0, 32), (1, 128 * 1024), (2, 1000))
RESOURCES = 'resources=VCPU:4,MEMORY_MB:8192,DISK_GB:80'


def free_port():
    with socket.socket() as any_port:
        any_port.bind(('127.0.0.1', 0))
        return any_port.getsockname()[1]


def rows(table, columns, values):
    values = list(values)
    for at in range(0, len(values), 1000):
        yield 'INSERT INTO %s (%s) VALUES %s;\n' % (table, columns, ','.join(values[at:at + 1000]))


def filling():
    """The statements that make hosts, what they have, what of it is used, and the zone that each is in."""
    hosts, inventories, allocations, consumers, aggregates, members = [], [], [], [], [], []
    number = 0
    for region in range(CLOUDS * REGIONS):
        for zone in range(ZONES):
            aggregates.append("(%d,'%s')" % (region * ZONES + zone + 1, uuid.uuid4()))
        for host in range(HOSTS):
            number += 1
            hosts.append("(%d,'%s','host-%d',1,%d)" % (number, uuid.uuid4(), number, number))
            for kind, total, ratio in ((0, CORES, 1.0), (1, MEMORY_MB, 1.0), (2, DISK_GB, 1.0)):
                inventories.append('(%d,%d,%d,0,1,%d,1,%s)' % (number, kind, total, total, ratio))
            consumer = uuid.uuid4()
            consumers.append("('%s',1,1)" % consumer)
            allocations.extend("(%d,'%s',%d,%d)" % (number, consumer, kind, used) for kind, used in USED)
            members.append('(%d,%d)' % (number, region * ZONES + host % ZONES + 1))
    yield "INSERT INTO projects (id, external_id) VALUES (1, 'bench');\n"
    yield "INSERT INTO users (id, external_id) VALUES (1, 'bench');\n"
    yield from rows('resource_providers', 'id,uuid,name,generation,root_provider_id', hosts)
    yield from rows('inventories', 'resource_provider_id,resource_class_id,total,reserved,min_unit,max_unit,'
                                   'step_size,allocation_ratio', inventories)
    yield from rows('consumers', 'uuid,project_id,user_id', consumers)
    yield from rows('allocations', 'resource_provider_id,consumer_id,resource_class_id,used', allocations)
    yield from rows('placement_aggregates', 'id,uuid', aggregates)
    yield from rows('resource_provider_aggregates', 'resource_provider_id,aggregate_id', members)


class Placement:
    """One instance with its database."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.processes = []

    def start(self):
        data, self.socket = os.path.join(self.folder, 'data'), os.path.join(self.folder, 'db.sock')
        quiet = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}
        subprocess.run(['/usr/bin/mariadb-install-db', '--no-defaults', '--user=root', '--datadir=' + data,
                        '--auth-root-authentication-method=normal', '--skip-test-db'], check=True, **quiet)
        self.run(['/usr/sbin/mariadbd', '--no-defaults', '--user=root', '--datadir=' + data,
                  '--socket=' + self.socket, '--skip-networking', '--innodb-buffer-pool-size=512M',
                  '--innodb-flush-log-at-trx-commit=0', '--performance-schema=OFF', '--skip-log-bin',
                  '--character-set-server=utf8mb3'], {})
        self.patiently(lambda: self.sql('SELECT 1'))
        self.sql('CREATE DATABASE placement')
        with open(os.path.join(self.folder, 'placement.conf'), 'w', encoding='utf-8') as conf:
            conf.write('[placement_database]\nconnection = mysql+pymysql://root@localhost/placement?unix_socket=%s\n'
                       '[api]\nauth_strategy = noauth2\n' % self.socket)
        subprocess.run(['/usr/bin/placement-manage', '--config-dir', self.folder, 'db', 'sync'], check=True, **quiet)
        self.run(['/usr/bin/uwsgi', '--plugins', 'python3', '--http-socket', '127.0.0.1:%d' % self.port,
                  '--wsgi-file', '/usr/bin/placement-api', '--master', '--processes', str(PROCESSES),
                  '--threads', '4', '--enable-threads', '--lazy-apps', '--need-app', '--die-on-term',
                  '--buffer-size', '65535', '--disable-logging', '--listen', '100'],
                 {'OS_PLACEMENT_CONFIG_DIR': self.folder})
        self.patiently(lambda: self.ask('/'))
        # Its classes of resources are made at its start.
        self.sql(''.join(filling()), 'placement')

    def run(self, command, more):
        log = open(os.path.join(self.folder, os.path.basename(command[0]) + '.log'), 'wb')
        self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, env=dict(os.environ, **more)))

    def sql(self, text, *database):
        subprocess.run(['/usr/bin/mariadb', '--no-defaults', '-uroot', '--socket=' + self.socket, *database],
                       input=text.encode(), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @staticmethod
    def patiently(attempt):
        until = time.monotonic() + 120
        while True:
            try:
                return attempt()
            except (OSError, subprocess.CalledProcessError, http.client.HTTPException):
                if time.monotonic() > until:
                    raise
                time.sleep(0.3)

    def ask(self, path):
        """Status and length of the answer."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=300)
        connection.request('GET', path, headers={'X-Auth-Token': 'admin', 'OpenStack-API-Version': 'placement 1.36'})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise http.client.HTTPException('%s: %d %s' % (path, answer.status, body[:300]))
        return body

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(60)

    def spent(self):
        """Processor seconds of all processes, children included."""
        total, ticks = 0, os.sysconf('SC_CLK_TCK')
        own = {str(process.pid) for process in self.processes}
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open('/proc/%s/stat' % pid, encoding='utf-8') as stat:
                    fields = stat.read().rsplit(')', 1)[1].split()
            except OSError:
                continue
            if pid in own or fields[1] in own:
                total += (int(fields[11]) + int(fields[12])) / ticks
        return total


def measure(placement, what, path, seconds):
    size = placement.ask(path).count(b'"allocations"')
    times, until = [], time.monotonic() + seconds

    def client():
        while time.monotonic() < until:
            began = time.monotonic()
            placement.ask(path)
            times.append(time.monotonic() - began)

    spent, began = placement.spent(), time.monotonic()
    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    took, spent = time.monotonic() - began, placement.spent() - spent
    times.sort()
    print('%-28s %6.2f requests/s elapsed (p50 %.1f s, p99 %.1f s); processor %.0f ms each: %.1f/s on %d cores of its'
          ' own; %d candidates each'
          % (what, len(times) / took, times[len(times) // 2], times[int(len(times) * 0.99)],
             spent * 1000 / len(times), os.cpu_count() * len(times) / spent, os.cpu_count(), size), flush=True)


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    folder = tempfile.mkdtemp(prefix='isthmus-placement.')
    placement = Placement(folder)
    try:
        placement.start()
        hosts = CLOUDS * REGIONS * HOSTS
        print('Placement: %d hosts, %d cores, %d clients, %d processes' % (hosts, hosts * CORES, CLIENTS, PROCESSES),
              flush=True)
        measure(placement, 'all candidates', '/allocation_candidates?' + RESOURCES, seconds)
        measure(placement, 'limit=1000, as Nova asks', '/allocation_candidates?%s&limit=1000' % RESOURCES, seconds)
    finally:
        placement.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    main()
