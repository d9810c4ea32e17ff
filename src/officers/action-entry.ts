/** Where an approved act goes: to its case, to a draft, among the acts of no case, or into a case of its own. */
import { type JsonValue, toBase64Url, toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { CaseAct, Delivery, Filing, Initiatives, NewText } from '../initiatives/index.ts';
import type { LawRefusal } from '../law/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { PaperProposers, ProposalRefusal, Proposals } from '../proposals/index.ts';
import type { ActEntry, PublicRecord } from '../record/index.ts';
import type { StoredApproval } from './action-store.ts';
import type { ActionAct, ActionDocument } from './approval-record.ts';
import type { OfficeActs } from './office-acts.ts';

export interface EntryDeps {
  readonly initiatives: Pick<
    Initiatives,
    'judge' | 'enter' | 'file' | 'findCase' | 'deliver' | 'judgeDelivery'
  >;
  readonly officeActs: OfficeActs;
  /** Where this house has drafts that collect proposers. */
  readonly proposals?: Pick<Proposals, 'find' | 'recordPaper'>;
  readonly record: Pick<PublicRecord, 'append' | 'acts'>;
}

/** A row of the case is named where there is one. */
export const rowOf = ({ case: of, act }: Pick<ActionDocument, 'case' | 'act'>): string | undefined =>
  of === '' || beginsCase(act) ? undefined : of;

/** An act under a number that no case has yet. */
export const beginsCase = ({ kind }: Pick<ActionAct, 'kind'>): boolean =>
  kind === 'initiative-filed' || kind === 'delivered';

type Refusal = LawRefusal | 'unknown-case';

const FILING = '公民投票法 §9、§10 II';
const isDraft = (number: string): boolean => number.startsWith('D');

const taken = (number: string): LawRefusal => ({
  code: 'already-done',
  citation: FILING,
  instead: {
    'zh-Hant-TW': `案號 ${number} 已給予他案；請撤下後重新擬辦，即給新號。`,
    en: `The number ${number} was given to another case. Set this aside and prepare it again for a new number.`,
  },
});

const notCollecting = (draft: string): LawRefusal => ({
  code: 'out-of-order',
  citation: '公民投票法 §10 I',
  instead: {
    'zh-Hant-TW': `草案 ${draft} 不在收集提案人期間；紙本提案人僅於提出前併計。`,
    en: `The draft ${draft} does not collect proposers now; paper proposers count only before the proposal is filed.`,
  },
});

export interface ActEntering {
  /** Why the act may not be proposed or entered now. */
  judge(
    document: Pick<ActionDocument, 'case' | 'act'>,
    texts: readonly string[],
  ): Promise<Refusal | undefined>;
  /** Enters it with its approval. Judged once more under the lock of what it is about. */
  enter(
    tx: Tx,
    document: ActionDocument,
    texts: readonly string[],
    proof: ActEntry,
  ): Promise<Readonly<{ ok: true; id: bigint }> | Readonly<{ ok: false; refusal: Refusal }>>;
}

export function actEntering({ initiatives, officeActs, proposals, record }: EntryDeps): ActEntering {
  const draftStands = async (draft: string): Promise<boolean> =>
    (await proposals?.find(draft))?.state === 'collecting';
  return {
    async judge({ case: of, act }, texts) {
      if (of === '') return officeActs.judge(act);
      if (beginsCase(act)) {
        if ((await initiatives.findCase(of)) !== undefined) return taken(of);
        return act.kind === 'delivered' ? initiatives.judgeDelivery(act as CaseAct) : undefined;
      }
      if (isDraft(of)) return (await draftStands(of)) ? undefined : notCollecting(of);
      return initiatives.judge(of, caseActOf(act, texts));
    },

    async enter(tx, { case: of, act }, texts, proof) {
      if (of === '') {
        const refusal = await officeActs.judge(act, tx);
        if (refusal !== undefined) return { ok: false, refusal };
        return { ok: true, id: await officeActs.enter(tx, act, [proof]) };
      }
      if (beginsCase(act)) {
        const refusal = act.kind === 'delivered' ? initiatives.judgeDelivery(act as CaseAct) : undefined;
        if (refusal !== undefined) return { ok: false, refusal };
        const receipt =
          act.kind === 'delivered'
            ? await initiatives.deliver(delivery(of, act, texts), tx)
            : await initiatives.file(paperFiling(of, act, texts), tx);
        if (receipt === false) return { ok: false, refusal: taken(of) };
        return { ok: true, id: await record.append(tx, proof) };
      }
      if (isDraft(of)) {
        const entered = await proposals?.recordPaper(of, paperOf(act), [], tx, mendsOf(act));
        if (entered?.ok !== true)
          return { ok: false, refusal: entered?.refusal ? asLaw(entered.refusal) : notCollecting(of) };
        return { ok: true, id: await record.append(tx, proof) };
      }
      return initiatives.enter(of, caseActOf(act, texts), [proof], tx);
    },
  };
}

const asLaw = ({ code, citation, instead }: ProposalRefusal): LawRefusal => ({
  code: code === 'changed-since' ? code : 'out-of-order',
  citation,
  instead,
});

const paperOf = ({ body }: ActionAct): PaperProposers => body as unknown as PaperProposers;
const mendsOf = ({ replaces, why }: ActionAct) => ({
  ...(replaces === undefined ? {} : { replaces }),
  ...(why === undefined ? {} : { why }),
});

/** What the desk proposes is an act of a case; its capacity was taken from the law's own table. */
function caseActOf(act: ActionAct, texts: readonly string[]): CaseAct {
  const [text] = texts;
  if (text === undefined) return act as CaseAct;
  return (act.kind === 'correction' ? { ...act, text: textIn(text) } : { ...act, texts }) as CaseAct;
}

/** Question and reasons from the very file that `textFile` makes of them: 主文, its line, an empty one, 理由書. */
function textIn(file: string): NewText {
  const lines = file.split('\n');
  const at = lines.indexOf('主文');
  return {
    heading: lines.slice(0, at),
    mainText: lines[at + 1] ?? '',
    reasons: lines.slice(at + 4).filter(Boolean),
  };
}

function paperFiling(caseNumber: string, act: ActionAct, texts: readonly string[]): Filing {
  const filed = act.body as unknown as Filing['filed'];
  return { caseNumber, filed, text: frozenText(texts, filed.onPaper?.textDigest) };
}

function delivery(caseNumber: string, act: ActionAct, texts: readonly string[]): Delivery {
  const delivered = act.body as unknown as Delivery['delivered'];
  return { caseNumber, delivered, text: frozenText(texts, delivered.textDigest) };
}

/** The text as officers entered it, byte for byte the file that its act names by digest. */
function frozenText([text = '']: readonly string[], digest: string | undefined): Delivery['text'] {
  if (digest !== toHex(sha256(utf8(text))))
    throw new TypeError('an act that begins a case names another text than the one that came with it');
  return { file: utf8(text), mainText: textIn(text).mainText };
}

/** The entry beside the act. It names keys, never officers. */
export function approvalEntry(
  { case: of, nonce }: ActionDocument,
  action: string,
  at: string,
  approvals: readonly (Readonly<{ key: string }> &
    Pick<StoredApproval, 'clientData' | 'authenticatorData' | 'signature'>)[],
): ActEntry {
  const body: JsonValue = {
    action,
    nonce,
    approvals: approvals.map(({ key, clientData, authenticatorData, signature }) => ({
      key,
      clientDataJSON: toBase64Url(clientData),
      authenticatorData: toBase64Url(authenticatorData),
      signature: toBase64Url(signature),
    })),
  };
  return {
    at,
    basis: '平台規則：改變權利之行為須由二位承辦人員核可',
    body,
    capacity: 'commission',
    ...(of === '' ? {} : { case: of }),
    kind: 'approval',
    v: 1,
  };
}
