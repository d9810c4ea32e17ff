/** Asking a platform what is witnessed, and waiting for it as long as a loaded machine needs. */
import { expect, vi } from 'vitest';
import type { Witnessing } from '../../src/record/index.ts';
import type { TestPlatform } from '../platform.ts';

/** What `/v1/receipts/:commitment` answers once the entry is published. */
export interface StateAnswer {
  readonly state: string;
  readonly proof: {
    readonly index: number;
    readonly size: number;
    readonly checkpoint: string;
    readonly witnessed?: {
      readonly names: readonly string[];
      readonly of: number;
      readonly isWitnessed: boolean;
    };
    readonly cosignedFirst?: { readonly size: number; readonly by: readonly unknown[] };
  };
}

export const get = async (platform: TestPlatform, path: string) => {
  const response = await fetch(`${platform.url}${path}`);
  return { status: response.status, text: await response.text() };
};

export const PATIENT = { timeout: 40_000, interval: 100 };

/** Resolves as soon as `holds` does not throw for what is published about witnesses. */
export const untilWitnessing = (platform: TestPlatform, holds: (witnessing: Witnessing) => void) =>
  vi.waitFor(async () => {
    const { status, text } = await get(platform, '/log/witnessing.json');
    expect(status).toBe(200);
    const witnessing = JSON.parse(text) as Witnessing;
    holds(witnessing);
    return witnessing;
  }, PATIENT);

/** The public state of a commitment once `holds` does not throw for it; published unless told otherwise. */
export const untilState = (
  platform: TestPlatform,
  commitment: string,
  holds: (answer: StateAnswer) => void = () => undefined,
) =>
  vi.waitFor(async () => {
    const { status, text } = await get(platform, `/v1/receipts/${commitment}`);
    expect(status).toBe(200);
    const answer = JSON.parse(text) as StateAnswer;
    holds(answer);
    return answer;
  }, PATIENT);

/** The public state of a commitment once all three witnesses have cosigned over it. */
export const untilWitnessed = (platform: TestPlatform, commitment: string) =>
  untilState(platform, commitment, ({ proof }) => {
    expect(proof.witnessed).toMatchObject({ isWitnessed: true });
    expect(proof.witnessed?.names).toHaveLength(3);
  });

/** Posts the form of the public page, as a browser without script does. */
export async function uploadReceipt(platform: TestPlatform, receipt: string) {
  const form = new FormData();
  form.append('receipt', new Blob([receipt]), 'receipt.tlog-proof');
  const response = await fetch(`${platform.url}/receipts/witnessed`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: form,
  });
  return {
    status: response.status,
    disposition: response.headers.get('content-disposition'),
    text: await response.text(),
  };
}
