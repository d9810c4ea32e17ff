/** 提出: a case begins, with its number, its text as version 1 and the entries that tell of both. */
import type { JsonValue } from '@lianshu/statement';
import { rulePack } from '../law/index.ts';
import { inTransaction, type Tx } from '../platform/db/index.ts';
import { taipeiTimestamp } from '../platform/time.ts';
import type { ActEntry } from '../record/index.ts';
import type { Delivery } from './case-delivery.ts';
import type { NewText } from './case-effects.ts';
import { indexPart } from './case-grams-store.ts';
import type { FiledBody, Localised } from './initiative-facts.ts';
import { insertInitiative, insertVersion, textFile } from './initiative-store.ts';
import type { InitiativesDeps } from './initiatives.ts';

/** A proposal as it is filed. */
export interface Filing {
  readonly caseNumber: string;
  readonly filed: FiledBody;
  /** The text, or the very bytes that the proposers signed. */
  readonly text: NewText | FrozenText;
}

/** A text that must be filed byte for byte as it was published. */
export interface FrozenText {
  readonly file: Uint8Array;
  readonly mainText: string;
  readonly translation?: NonNullable<NewText['translation']>;
}

/** What the lead proposer is given: what was received, and when. */
export interface FilingReceipt {
  readonly caseNumber: string;
  readonly textDigest: string;
  readonly at: string;
}

/** The acts that begin a case. Each is false when the number is taken: then nothing was changed. */
export interface CaseFiling {
  file(filing: Filing, within?: Tx): Promise<FilingReceipt | false>;
  deliver(delivery: Delivery, within?: Tx): Promise<FilingReceipt | false>;
}

/** The act that begins a case; the entry of its first text rests on `textBasis`. */
interface FirstAct extends Pick<ActEntry, 'kind' | 'capacity' | 'basis'> {
  readonly body: object;
  readonly textBasis: string;
  readonly subject: string;
  readonly on: string | undefined;
}

export function caseFiling({ db, clock, record }: InitiativesDeps): CaseFiling {
  const begin = (caseNumber: string, text: Filing['text'], first: FirstAct, within?: Tx) => {
    const nowMs = clock.nowMs();
    const at = taipeiTimestamp(nowMs);
    const { capacity, on, subject, textBasis } = first;
    const entry = (kind: string, basis: string, body: object): ActEntry => ({
      at,
      basis,
      body: body as JsonValue,
      capacity,
      case: caseNumber,
      kind,
      v: 1,
    });
    const { translation } = text;
    const work = async (tx: Tx): Promise<FilingReceipt | false> => {
      if (!(await insertInitiative(tx, { caseNumber }))) return false;
      await indexPart(tx, caseNumber, 'subject', subject);
      const textDigest = await insertVersion(tx, {
        caseNumber,
        version: 1,
        mainText: text.mainText,
        file: 'file' in text ? text.file : textFile(text),
        publishedAtMs: nowMs,
      });
      await record.appendMany(tx, [
        entry(first.kind, first.basis, first.body),
        entry('version', textBasis, {
          version: 1,
          textDigest,
          ...(on === undefined ? {} : { on }),
          ...(translation === undefined ? {} : { translation }),
        }),
      ]);
      return { caseNumber, textDigest, at };
    };
    return within === undefined ? inTransaction(db, work) : work(within);
  };
  return {
    async file({ caseNumber, filed, text }, within) {
      // An unknown pack is a mistake of the caller, found before anything is written.
      rulePack(filed.rulePack);
      const first: FirstAct = {
        kind: 'initiative-filed',
        capacity: 'lead-proposer',
        basis: '公民投票法 §9、§10 II',
        body: filed,
        textBasis: '公民投票法 §9',
        subject: subjectText(filed),
        on: filed.on,
      };
      return begin(caseNumber, text, first, within);
    },

    async deliver({ caseNumber, delivered, text }, within) {
      rulePack(delivered.rulePack);
      const { route, on } = delivered;
      const basis = DELIVERY_BASIS[route];
      const first: FirstAct = {
        kind: 'delivered',
        capacity: route,
        basis,
        body: delivered,
        textBasis: basis,
        subject: subjectText(delivered),
        on,
      };
      return begin(caseNumber, text, first, within);
    },
  };
}

/** The article by which each body delivers. */
export const DELIVERY_BASIS: Readonly<Record<Delivery['delivered']['route'], string>> = {
  executive: '公民投票法 §14',
  legislature: '公民投票法 §15',
  president: '公民投票法 §16',
};

/** What a case is called and is about, in both languages, for finding it. */
export const subjectText = ({
  subject,
  plainWords,
}: Readonly<{ subject: Localised; plainWords?: FiledBody['plainWords'] }>): string =>
  [subject['zh-Hant-TW'], subject.en, plainWords?.text['zh-Hant-TW'], plainWords?.text.en]
    .filter((text) => text !== undefined)
    .join('\n');
