/** SQL on actions that wait for two officers, and on their assertions. */
import { utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { Assertion } from '../passkeys/index.ts';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

export interface StoredAction {
  readonly id: string;
  /** The case whose row the act is about; undefined for acts of no case, and for one that is only being filed. */
  readonly caseNumber: string | undefined;
  /** Canonical JSON, as digested. */
  readonly body: Uint8Array;
  readonly sha256: Uint8Array;
  readonly proposedBy: string;
  readonly proposedAtMs: number;
  readonly outcome: 'entered' | 'withdrawn' | undefined;
  /** What its officer had ticked. */
  readonly checklist: readonly string[];
}

export interface StoredApproval extends Assertion {
  readonly officer: string;
  readonly credentialId: string;
  readonly approvedAtMs: number;
}

export async function insertAction(tx: Tx, action: Omit<StoredAction, 'outcome'>): Promise<void> {
  await tx
    .insertInto('proposed_action')
    .values({
      id: action.id,
      initiative: action.caseNumber ?? null,
      body: action.body,
      sha256: action.sha256,
      proposed_by: action.proposedBy,
      proposed_at: utcIso(action.proposedAtMs),
      checklist: JSON.stringify(action.checklist),
    })
    .execute();
}

const actionOf = (row: {
  id: string;
  initiative: string | null;
  body: Uint8Array;
  sha256: Uint8Array;
  proposed_by: string;
  proposed_at: { epochMilliseconds: number };
  outcome: string | null;
  checklist: string | null;
}): StoredAction => ({
  id: row.id,
  caseNumber: row.initiative ?? undefined,
  body: row.body,
  sha256: row.sha256,
  proposedBy: row.proposed_by,
  proposedAtMs: row.proposed_at.epochMilliseconds,
  outcome: row.outcome === null ? undefined : (row.outcome as 'entered' | 'withdrawn'),
  checklist: row.checklist === null ? [] : (JSON.parse(row.checklist) as readonly string[]),
});

export async function findAction(db: Db | Tx, id: string): Promise<StoredAction | undefined> {
  const row = await db.selectFrom('proposed_action').selectAll().where('id', '=', id).executeTakeFirst();
  return row && actionOf(row);
}

/** Locks the action for the rest of the transaction: two approvals of it come in turn. */
export async function lockAction(tx: Tx, id: string): Promise<StoredAction | undefined> {
  const row = await tx
    .selectFrom('proposed_action')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && actionOf(row);
}

/** Actions that wait, oldest first; of one case if given. */
export async function waitingActions(db: Db, caseNumber?: string): Promise<readonly StoredAction[]> {
  let query = db.selectFrom('proposed_action').selectAll().where('ended_at', 'is', null);
  if (caseNumber !== undefined) query = query.where('initiative', '=', caseNumber);
  return (await query.orderBy('proposed_at').limit(500).execute()).map(actionOf);
}

export async function endAction(
  tx: Tx,
  id: string,
  end: Readonly<{ atMs: number } & ({ outcome: 'withdrawn' } | { outcome: 'entered'; entryId: bigint })>,
): Promise<void> {
  await tx
    .updateTable('proposed_action')
    .set({
      ended_at: utcIso(end.atMs),
      outcome: end.outcome,
      entry_id: end.outcome === 'entered' ? end.entryId : null,
    })
    .where('id', '=', id)
    .execute();
}

/** Keeps an assertion; fails with `23505` for a second one of the officer, or a signature used before. */
export async function insertApproval(tx: Tx, action: string, approval: StoredApproval): Promise<void> {
  await tx
    .insertInto('action_approval')
    .values({
      action,
      officer: approval.officer,
      credential: approval.credentialId,
      client_data: approval.clientData,
      authenticator_data: approval.authenticatorData,
      signature: approval.signature,
      approved_at: utcIso(approval.approvedAtMs),
    })
    .execute();
}

export async function approvalsOf(db: Db | Tx, action: string): Promise<readonly StoredApproval[]> {
  const rows = await db
    .selectFrom('action_approval')
    .selectAll()
    .where('action', '=', action)
    .orderBy('approved_at')
    .execute();
  return rows.map((row) => ({
    officer: row.officer,
    credentialId: row.credential,
    clientData: row.client_data,
    authenticatorData: row.authenticator_data,
    signature: row.signature,
    approvedAtMs: row.approved_at.epochMilliseconds,
  }));
}

/** Keeps a text that the act names by digest. */
export async function insertText(tx: Tx, action: string, text: string): Promise<void> {
  const body = utf8(text);
  await tx
    .insertInto('action_text')
    .values({ action, sha256: sha256(body), body })
    .execute();
}

/** The texts of an action. */
export async function textsOf(db: Db | Tx, action: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('action_text').select('body').where('action', '=', action).execute();
  return rows.map(({ body }) => new TextDecoder().decode(body));
}
