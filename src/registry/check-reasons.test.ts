import { expect, it } from 'vitest';
import { DELETION_REASONS } from '../law/index.ts';
import { CHECK_REASONS } from './check-reasons.ts';

it('knows the reasons of the form table, each on the same ground', () => {
  const grounds = (table: Readonly<Record<string, Readonly<{ ground: string }>>>) =>
    Object.fromEntries(Object.entries(table).map(([name, { ground }]) => [name, ground]));
  expect(grounds(CHECK_REASONS)).toEqual(grounds(DELETION_REASONS));
});
