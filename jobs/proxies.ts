/**
 * What stands before the app on its machine: a proxy for TLS and slow senders, a limit of connections.
 * The runtime shows a connection only with its first whole request, takes no limits and ends no silent
 * one; a front of ours before it would hand on every byte once more, and hide the sender.
 */

/**
 * Caddy gets and renews the certificate by itself; it and the app stand on one machine. It bears slow
 * senders: the runtime of the app waits for headers as long as they take to come.
 */
export const caddyfile = (domain: string): string =>
  `{
	# Log lines about failed requests stay in a journal: without address, link and headers.
	log {
		format filter {
			wrap json
			fields {
				request>remote_ip delete
				request>remote_port delete
				request>client_ip delete
				request>uri delete
				request>headers delete
			}
		}
	}
	servers {
		max_header_size 32KB
		timeouts {
			read_header 10s
			read_body 1h
			idle 2m
		}
	}
}

${domain} {
	encode zstd gzip
	reverse_proxy 127.0.0.1:8000 {
		header_up X-Forwarded-For {remote_host}
		header_up X-Request-Id {http.request.uuid}
		flush_interval -1
	}
	request_body {
		max_size 260MB
	}
}
`;

/**
 * Caddy counts no connections, the kernel does. Before any routing, so that it holds for containers
 * too; an IPv6 sender is its network, for it has more addresses than anybody counts.
 */
export const connectionLimit = `#!/usr/sbin/nft -f
# /etc/nftables.conf of the machine, or included there: systemctl enable --now nftables
# At most 256 open web connections from one address: a browser needs one to six, so a company behind
# one address fits.
table inet kompaktcrm
delete table inet kompaktcrm
table inet kompaktcrm {
	set senders {
		type ipv4_addr
		size 65535
		flags dynamic
	}
	set networks {
		type ipv6_addr
		size 65535
		flags dynamic
	}
	chain connections {
		type filter hook prerouting priority mangle; policy accept;
		tcp dport { 80, 443 } ct state new add @senders { ip saddr ct count over 256 } drop
		tcp dport { 80, 443 } ct state new add @networks { ip6 saddr and ffff:ffff:ffff:ffff:: ct count over 256 } drop
	}
}
`;
