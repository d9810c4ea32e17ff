/** Who counts as one towards limits: an IPv4 address, or the network of 64 bits that one connection is given in IPv6. */
import { isIPv4, isIPv6 } from 'node:net';

const PREFIX_GROUPS = 4;

/**
 * What requests from `ip` are counted by. An IPv6 host chooses freely among 2⁶⁴ addresses of its network (RFC 4291
 * §2.5.1), so the network is counted; IPv4 written as IPv6 is the IPv4 address. What is no address stays itself.
 */
export function networkOf(ip: string): string {
  const address = ip.replace(/%.*$/, '').toLowerCase();
  const mapped = /^(?:::ffff:)(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(address)) return ip;
  const groups = (part: string | undefined): readonly string[] =>
    (part ?? '')
      .split(':')
      .filter((group) => group !== '')
      .flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : [Number.parseInt(group, 16).toString(16)]));
  const [head, tail] = address.split('::');
  const before = groups(head);
  const after = groups(tail);
  const zeros = address.includes('::') ? Array<string>(8 - before.length - after.length).fill('0') : [];
  return `${[...before, ...zeros, ...after].slice(0, PREFIX_GROUPS).join(':')}::/64`;
}
