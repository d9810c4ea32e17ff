import { toBase64Url } from '@lianshu/statement';
import { ed25519Form } from '@lianshu/tlog';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MAXIMUM_SIGNATURE_BYTES, POLICY_CATALOGUE } from '../credentials/index.ts';
import { type ApiRoute, apiRoute, fieldFaults } from '../platform/http/api.ts';
import type { Problem } from '../platform/http/problem.ts';
import { addTiming } from '../platform/http/server.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';
import { SealerFault } from '../sealer/index.ts';
import { periodVariant } from './not-open.ts';
import { tagOf } from './receipt.ts';
import type { Refusal } from './sign-initiative.ts';
import type { Overloaded, ReadOnly, Signing, SigningAnswer } from './signing.ts';
import {
  commitmentPath,
  type JointSignatureRequest,
  jointSignatureRequest,
  receiptAnswer,
  receiptForm,
  SIGNED_UNDER,
  signedAnswer,
  transactionAnswer,
  transactionRequest,
} from './signing-contract.ts';
import { isProposal } from './what-is-signed.ts';

const words = (zh: string, en: string) => ({ 'zh-Hant-TW': zh, en });

const SESSION_COOKIE = '__Host-lianshu';
const SESSION = /^[A-Za-z0-9_-]{22}$/;

export interface SigningEdge {
  readonly signing: Signing;
  readonly clock: Clock;
  readonly random: Random;
  /** Requests a minute from one address; an office full of people shares one. */
  readonly signingsPerMinute: number;
}

/** The session a token is bound to: a random cookie that names nobody and ends with the browser. */
export function sessionOf(request: FastifyRequest): string {
  const value = request.cookies[SESSION_COOKIE];
  return value !== undefined && SESSION.test(value) ? value : '';
}

export function ensureSession(request: FastifyRequest, reply: FastifyReply, random: Random): string {
  const existing = sessionOf(request);
  if (existing !== '') return existing;
  const session = toBase64Url(random.bytes(16));
  void reply.setCookie(SESSION_COOKIE, session, {
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
  });
  return session;
}

/** Nothing is taken for now; a start that failed or a missing quorum takes a person some minutes. */
export const READ_ONLY: Problem = { code: 'E_READ_ONLY', retryAfter: 15 };

/**
 * What `sign` throws when the sealer is away or full, or has not made the key of a draft that was opened a moment ago:
 * nothing is stored, the same request may come again. A case without a key is a fault.
 */
function sealerProblem(error: unknown, number: string): Problem | undefined {
  if (!(error instanceof SealerFault)) return undefined;
  const mayComeAgain = error.retryable || (error.code === 'case-not-ready' && isProposal(number));
  return mayComeAgain ? { code: 'overloaded', retryAfter: 5 } : undefined;
}

/** In the words of the act: under a draft's number nothing is called a joint signature. */
const inWords = (number: string, problem: Problem): Problem =>
  isProposal(number) ? { ...problem, variant: 'proposal' } : inPeriodWords(problem);

/** Of a case whose signing has not begun, with the time at which it does. */
function inPeriodWords(problem: Problem): Problem {
  const variant = periodVariant(problem);
  return variant === undefined ? problem : { ...problem, variant };
}

/** Refuses in the words of the act. */
export const refuse = (reply: FastifyReply, number: string, problem: Problem): FastifyReply =>
  reply.refuse(inWords(number, problem));

export async function signOrRefuse(
  edge: SigningEdge,
  request: FastifyRequest,
  caseNumber: string,
  body: JointSignatureRequest,
  receivedAtMs: number,
  isSecretOurs = false,
): Promise<SigningAnswer | Problem> {
  let outcome: SigningAnswer | Refusal | Overloaded | ReadOnly;
  try {
    outcome = await edge.signing.sign({
      caseNumber,
      session: sessionOf(request),
      receivedAtMs,
      request: body,
      isSecretOurs,
    });
  } catch (error) {
    const problem = sealerProblem(error, caseNumber);
    if (problem) return problem;
    throw error;
  }
  if (outcome.outcome === 'answered') return outcome;
  if (outcome.outcome === 'overloaded') return { code: 'overloaded', retryAfter: 5 };
  if (outcome.outcome === 'read-only') return READ_ONLY;
  return { code: outcome.code, ...(outcome.facts ? { facts: outcome.facts } : {}) };
}

export const isAnswer = (value: SigningAnswer | Problem): value is SigningAnswer => 'outcome' in value;

const OF_ACT = {
  'joint-signatures': {
    offer: { id: 'openTransaction', summary: words('取得待簽的連署書', 'Get the statement to sign') },
    send: { id: 'sendJointSignature', summary: words('送出連署', 'Send a joint signature') },
  },
  'proposal-signatures': {
    offer: {
      id: 'openProposalTransaction',
      summary: words('取得待簽的提案書', 'Get the proposal statement to sign'),
    },
    send: { id: 'sendProposalSignature', summary: words('送出提案簽署', 'Send a proposal signature') },
  },
} as const;

/** `/v1/…`: what the signing page's script and any other program use. */
export function signingApi(edge: SigningEdge): readonly ApiRoute[] {
  const { signing, clock, random } = edge;
  const limits = { perMinute: edge.signingsPerMinute } as const;

  const routes = SIGNED_UNDER.flatMap(({ path, sendTo, number }) => {
    const params = z.object({ case: number });
    const at = `/v1${path.replace(':case', '{case}')}` as const;
    const told = OF_ACT[sendTo];
    return [
      apiRoute({
        ...limits,
        ...told.offer,
        method: 'POST',
        path: `${at}/transactions`,
        params,
        body: transactionRequest,
        answers: {
          200: {
            description: words('待簽本文與交易憑據', 'Statement and transaction token'),
            schema: transactionAnswer,
          },
        },
        problems: [
          'E_FORMAT',
          'E_READ_ONLY',
          'E_INITIATIVE_CLOSED',
          'foreign-origin',
          'unsupported-media-type',
        ],
        badBody: (error, request) =>
          inWords(String((request.params as { case?: unknown }).case), {
            code: 'E_FORMAT',
            errors: fieldFaults(error),
          }),
        async answer({ params: { case: caseNumber }, body }, request, reply) {
          const session = ensureSession(request, reply, random);
          const offered = await signing.openTransaction({ caseNumber, session, ...body });
          if (offered.outcome === 'read-only') return READ_ONLY;
          if (offered.outcome === 'refused') {
            const { code, facts } = offered;
            return inWords(caseNumber, { code, ...(facts === undefined ? {} : { facts }) });
          }
          return {
            status: 200,
            body: {
              statement: new TextDecoder().decode(offered.statement),
              transaction: offered.transaction,
              token: offered.token,
              expiresAt: taipeiTimestamp(offered.expiresAtMs),
            },
          };
        },
      }),
      apiRoute({
        ...limits,
        ...told.send,
        method: 'POST',
        path: `${at}/${sendTo}`,
        params,
        body: jointSignatureRequest,
        bodyLimit: 2 * MAXIMUM_SIGNATURE_BYTES,
        answers: {
          201: { description: words('已收錄，附收執', 'Included; with its receipt'), schema: signedAnswer },
          202: { description: words('已收下，附承諾書', 'Taken; with a promise'), schema: signedAnswer },
        },
        problems: [
          ...Object.keys(POLICY_CATALOGUE),
          'E_READ_ONLY',
          'foreign-origin',
          'unsupported-media-type',
        ],
        badBody: (error, request) => {
          const errors = fieldFaults(error);
          const code = errors.some((fault) => fault.code === 'too_big') ? 'E_TOO_LARGE' : 'E_FORMAT';
          return inWords(String((request.params as { case?: unknown }).case), { code, errors });
        },
        async answer({ params: { case: caseNumber }, body }, request, reply) {
          // The body was read before this: its last byte has arrived.
          const receivedAtMs = clock.nowMs();
          const answer = await signOrRefuse(edge, request, caseNumber, body, receivedAtMs);
          if (!isAnswer(answer)) return inWords(caseNumber, answer);
          addTiming(reply.raw, 'stored', answer.spans.stored);
          addTiming(reply.raw, 'included', answer.spans.included);
          return {
            status: answer.receipt === undefined ? 202 : 201,
            body: {
              commitment: answer.commitment,
              promise: answer.promise,
              held: answer.heldFor !== undefined,
              ...(answer.heldFor === undefined ? {} : { reason: answer.heldFor }),
              ...(answer.receipt === undefined ? {} : { receipt: answer.receipt, included: answer.included }),
            },
          };
        },
      }),
    ];
  });

  const receipt = apiRoute({
    id: 'getReceipt',
    method: 'GET',
    path: '/v1/receipts/{commitment}',
    summary: words('一個承諾值在公卷中的狀態與證明', 'What the record says of a commitment, with its proof'),
    params: commitmentPath,
    badParams: 'receipt-unknown',
    query: receiptForm,
    answers: {
      200: { description: words('已公布', 'Published'), schema: receiptAnswer },
      202: { description: words('尚未公布', 'Not published yet'), schema: receiptAnswer },
    },
    problems: ['receipt-unknown'],
    async answer({ params: { commitment }, query: { form } }) {
      const state = await signing.stateOf(commitment);
      if (!state) return { code: 'receipt-unknown' };
      const proof = state.state === 'pending' ? undefined : await signing.proofOf(commitment);
      const tag = proof && tagOf(proof);
      const cosignedFirst = proof?.witnessed && (await signing.cosignedFirst(proof.index));
      const status = state.state === 'pending' ? 202 : 200;
      if (!proof) return { status, body: state };
      return {
        status,
        body: {
          ...state,
          proof: {
            index: proof.index,
            size: proof.size,
            hashes: proof.path.map((hash) => Buffer.from(hash).toString('base64')),
            checkpoint: form === 'ed25519' ? ed25519Form(proof.checkpoint) : proof.checkpoint,
            ...(tag === undefined ? {} : { tag }),
            ...(proof.witnessed ? { witnessed: proof.witnessed } : {}),
            ...(cosignedFirst ? { cosignedFirst } : {}),
          },
        },
      };
    },
  });
  return [...routes, receipt];
}
