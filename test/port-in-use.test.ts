import { expect, it } from 'vitest';
import { portInUseText } from '../src/port-in-use.ts';

const taken = (port: number) => Object.assign(new Error('listen'), { code: 'EADDRINUSE', port });

it('says of a port that cannot be changed that the other demonstration must stop', () => {
  for (const port of [61_161, 61_171, 61_172, 61_173, 61_174]) {
    expect(portInUseText(taken(port))).toContain(`連接埠 ${port} 已被使用；這個埠不能更改`);
    expect(portInUseText(taken(port))).toContain('stop the other demonstration first');
  }
  expect(portInUseText(taken(61_161))).toContain('--no-card');
});

it('names the options for a port that can be changed, and keeps out of other failures', () => {
  expect(portInUseText(taken(3_000))).toContain('--workspace-port');
  expect(portInUseText(new Error('listen'))).toBeUndefined();
  expect(portInUseText('listen')).toBeUndefined();
});
