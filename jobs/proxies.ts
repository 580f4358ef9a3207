/**
 * What runs in front of the app on its machine: a proxy for TLS and slow clients, and a limit on
 * connections. The runtime reveals a connection only with its first complete request, has no limits
 * and closes no silent one; a front end of our own would copy every byte again and hide the client.
 */

/**
 * Caddy obtains and renews the certificate itself, on the same machine as the app. It absorbs slow
 * clients: the app's runtime would wait for headers as long as they take.
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
 * The kernel counts connections, because Caddy does not. It counts before any routing, so that
 * containers are included; IPv6 clients count by network, as each has countless addresses.
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
