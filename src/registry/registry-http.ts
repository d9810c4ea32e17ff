import { canonicalJson, type JsonValue, toBase64Url } from '@lianshu/statement';
import { judgeAnswer } from './judge-answer.ts';
import type { CheckBatch, ElectronicRoll, PaperSheet, Registry } from './registry.ts';
import {
  faultOf,
  faulty,
  type RegistrySettings,
  registryCalls,
  Unanswered,
  vouchedRecipient,
} from './registry-calls.ts';

const roll = (one: ElectronicRoll | undefined): JsonValue =>
  one === undefined
    ? null
    : {
        case: one.caseNumber,
        entries: Object.fromEntries(one.entries),
        export: one.export,
        ...(one.later === undefined ? {} : { later: { entries: one.later.entries, on: one.later.on } }),
      };

const sheet = ({ caseNumber, on, row, sealed, sheet: number, township }: PaperSheet): JsonValue => ({
  case: caseNumber,
  ...(on === undefined ? {} : { on }),
  row,
  sealed: toBase64Url(sealed),
  sheet: number,
  township,
});

/** The bytes of a batch, canonical JSON; their SHA-256 is the batch's name in the public record. */
export const batchBytes = (batch: CheckBatch): Uint8Array =>
  canonicalJson({
    barred: batch.barred.map(({ caseNumber, electronic, paper }) => ({
      case: caseNumber,
      electronic: roll(electronic),
      paper: paper.map(sheet),
    })),
    case: batch.caseNumber,
    check: batch.id,
    electronic: roll(batch.electronic),
    least: batch.least,
    letterTo: batch.letterTo,
    of: batch.of,
    on: batch.on,
    paper: batch.paper.map(sheet),
    required: batch.required,
    v: 1,
  });

/**
 * The household registry over HTTPS, as {@link Registry}: `GET /cases/<case>/recipient`, `PUT /checks/<id>`,
 * `GET /checks/<id>`. The ministry's own interface is not public (未確認): this wire is the project's, see README.
 */
export function registryHttp(settings: RegistrySettings): Registry {
  const { keys } = settings;
  const call = registryCalls(settings);
  return {
    recipientFor: (caseNumber) =>
      faulty(async () => {
        const asked = {
          path: `/cases/${caseNumber}/recipient`,
          head: 'lianshu-registry-recipient/1',
          of: caseNumber,
        };
        return { ok: true as const, recipient: await vouchedRecipient(call, keys, asked) };
      }),

    send: (id, body) =>
      faulty(async () => {
        const { status } = await call(`/checks/${id}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: Buffer.from(body),
        });
        if (status !== 202) throw new Unanswered(faultOf(status));
        return { ok: true as const };
      }),

    ask: (sent) =>
      faulty(async () => {
        const { status, text } = await call(`/checks/${sent.id}`);
        if (status !== 200) throw new Unanswered(faultOf(status));
        return judgeAnswer(sent, text, keys);
      }),
  };
}
