import { isIPv4, isIPv6 } from 'node:net';

/**
 * Whom an address stands for when attempts are counted: an IPv4 address itself, written into IPv6 or not; of an IPv6
 * address the network of 64 bits, as whoever has one of them has all. The port that some proxies add is left out: it is another one
 * each time. Any other text stands for itself.
 */
export function networkOf(address: string): string {
	const bare = address
		.replace(/^\[(.*)\](:\d+)?$/, '$1')
		.replace(/^([\d.]+):\d+$/, '$1')
		.replace(/%.*$/, '')
		.toLowerCase();
	const mapped = bare.replace(/^::ffff:/, '');
	if (isIPv4(mapped)) return mapped;
	if (!isIPv6(bare)) return address;
	const [before = '', after] = bare.split('::');
	const groups = before === '' ? [] : before.split(':');
	const last = after ? after.split(':') : [];
	const zeros =
		after === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - last.length)).fill('0');
	const network = [...groups, ...zeros, ...last].slice(0, 4).map((group) => parseInt(group, 16).toString(16));
	return `${network.join(':')}::/64`;
}
