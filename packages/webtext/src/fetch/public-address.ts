/**
 * Which addresses are on the public internet. A page may redirect to a name that stands for this machine, its network or a
 * cloud's metadata service: those are refused.
 *
 * Follows IANA's special-purpose address registries (RFC 6890 and later).
 */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

const special4 = subnets('ipv4', [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carriers
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local; metadata services
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocols
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
]);
const global6 = subnets('ipv6', ['2000::/3']); // leaves out ::1, ::ffff:0:0/96, 64:ff9b::/96, fc00::/7, fe80::/10, ff00::/8
const special6 = subnets('ipv6', [
  '2001::/23', // protocols; Teredo, which holds an IPv4 address
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which holds an IPv4 address
  '3fff::/20', // documentation
]);

/** Whether an IP address, in its usual spelling and without brackets, is a public unicast one. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}

function subnets(family: 'ipv4' | 'ipv6', names: readonly string[]): BlockList {
  const list = new BlockList();
  for (const name of names) {
    const [net, bits] = name.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}
