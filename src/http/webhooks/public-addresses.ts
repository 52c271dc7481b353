import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** An address that may be connected to. */
export type Checked = { address: string; family: 4 | 6 };

/** What of IPv4 is not for everybody (IANA's registry of special-purpose addresses). */
const special4 = new BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
])
  add(special4, range, 'ipv4');

/** All that is given out of IPv6, and of it what leads into IPv4 or nowhere: Teredo, 6to4, documentation. */
const global6 = new BlockList();
add(global6, '2000::/3', 'ipv6');
const special6 = new BlockList();
for (const range of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) add(special6, range, 'ipv6');

function add(list: BlockList, range: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = range.split('/');
  list.addSubnet(address, Number(bits), family);
}

/** True for an address that anybody on the internet may have; mapped and translated ones are none (attacks.md A43). */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !special4.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}

const isLoopback = (address: string): boolean => address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);

/**
 * Looks the host of a URL up once and returns the address to connect to; throws unless all that it has are public.
 * `allowsLocal`: this machine is allowed too, for trying out.
 */
export async function checkedAddress(url: URL, allowsLocal: boolean): Promise<Checked> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookup(host, { all: true });
  const isFit = ({ address }: { address: string }) => isPublic(address) || (allowsLocal && isLoopback(address));
  const [first] = found;
  if (!first || !found.every(isFit)) throw new Error(`${host} is not a public address`);
  if (url.protocol !== 'https:' && !found.every(({ address }) => allowsLocal && isLoopback(address)))
    throw new Error('only https addresses are called');
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
