import { toBase64Url } from '@lianshu/statement';
import { ed25519Form } from '@lianshu/tlog';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MAXIMUM_SIGNATURE_BYTES } from '../credentials/index.ts';
import type { Problem } from '../platform/http/problem.ts';
import { addTiming } from '../platform/http/server.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';
import { SealerFault } from '../sealer/index.ts';
import { tagOf } from './receipt.ts';
import type { Refusal } from './sign-initiative.ts';
import type { Overloaded, ReadOnly, Signing, SigningAnswer } from './signing.ts';
import {
  commitmentPath,
  type JointSignatureRequest,
  jointSignatureRequest,
  receiptForm,
  SIGNED_UNDER,
  transactionRequest,
} from './signing-contract.ts';
import { isProposal } from './what-is-signed.ts';

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
 * What `sign` throws when the sealer is away or full, or has not made the key of what was opened a moment ago: nothing
 * is stored, the same request may come again.
 */
function sealerProblem(error: unknown): Problem | undefined {
  const mayComeAgain = error instanceof SealerFault && (error.retryable || error.code === 'case-not-ready');
  return mayComeAgain ? { code: 'overloaded', retryAfter: 5 } : undefined;
}

/** Refuses in the words of the act: under a draft's number nothing is called a joint signature. */
export const refuse = (reply: FastifyReply, number: string, problem: Problem): FastifyReply =>
  reply.refuse(isProposal(number) ? { ...problem, variant: 'proposal' } : problem);

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
    const problem = sealerProblem(error);
    if (problem) return problem;
    throw error;
  }
  if (outcome.outcome === 'answered') return outcome;
  if (outcome.outcome === 'overloaded') return { code: 'overloaded', retryAfter: 5 };
  if (outcome.outcome === 'read-only') return READ_ONLY;
  return { code: outcome.code, ...(outcome.facts ? { facts: outcome.facts } : {}) };
}

export const isAnswer = (value: SigningAnswer | Problem): value is SigningAnswer => 'outcome' in value;

/** `/v1/…`: what the signing page's script and any other program use. */
export function signingApi(server: FastifyInstance, edge: SigningEdge): void {
  const { signing, clock, random } = edge;
  const limited = { config: { rateLimit: { max: edge.signingsPerMinute, timeWindow: 60_000 } } };

  for (const { path, sendTo, number } of SIGNED_UNDER) {
    const numberOf = (request: FastifyRequest): string | undefined =>
      number.safeParse((request.params as { case?: unknown }).case).data;

    server.post(`/v1${path}/transactions`, limited, async (request, reply) => {
      const caseNumber = numberOf(request);
      if (caseNumber === undefined) return reply.refuse({ code: 'not-found' });
      const body = transactionRequest.safeParse(request.body);
      if (!body.success)
        return refuse(reply, caseNumber, { code: 'E_FORMAT', errors: fieldFaults(body.error) });
      const session = ensureSession(request, reply, random);
      const offered = await signing.openTransaction({ caseNumber, session, ...body.data });
      if (offered.outcome === 'read-only') return reply.refuse(READ_ONLY);
      if (offered.outcome === 'refused') return refuse(reply, caseNumber, { code: offered.code });
      return reply.send({
        statement: new TextDecoder().decode(offered.statement),
        transaction: offered.transaction,
        token: offered.token,
        expiresAt: taipeiTimestamp(offered.expiresAtMs),
      });
    });

    server.post(
      `/v1${path}/${sendTo}`,
      { ...limited, bodyLimit: 2 * MAXIMUM_SIGNATURE_BYTES },
      async (request, reply) => {
        const receivedAtMs = clock.nowMs();
        const caseNumber = numberOf(request);
        if (caseNumber === undefined) return reply.refuse({ code: 'not-found' });
        const body = jointSignatureRequest.safeParse(request.body);
        if (!body.success) {
          const errors = fieldFaults(body.error);
          const code = errors.some((fault) => fault.code === 'too_big') ? 'E_TOO_LARGE' : 'E_FORMAT';
          return refuse(reply, caseNumber, { code, errors });
        }
        const answer = await signOrRefuse(edge, request, caseNumber, body.data, receivedAtMs);
        if (!isAnswer(answer)) return refuse(reply, caseNumber, answer);
        addTiming(reply.raw, 'stored', answer.spans.stored);
        addTiming(reply.raw, 'included', answer.spans.included);
        return reply.code(answer.receipt === undefined ? 202 : 201).send({
          commitment: answer.commitment,
          promise: answer.promise,
          held: answer.heldFor !== undefined,
          ...(answer.heldFor === undefined ? {} : { reason: answer.heldFor }),
          ...(answer.receipt === undefined ? {} : { receipt: answer.receipt, included: answer.included }),
        });
      },
    );
  }

  server.get('/v1/receipts/:commitment', async (request, reply) => {
    const path = commitmentPath.safeParse(request.params);
    const state = path.success ? await signing.stateOf(path.data.commitment) : undefined;
    if (!path.success || !state) return reply.refuse({ code: 'receipt-unknown' });
    const asked = receiptForm.safeParse(request.query);
    if (!asked.success) return reply.refuse({ code: 'malformed-input' });
    const proof = state.state === 'pending' ? undefined : await signing.proofOf(path.data.commitment);
    const tag = proof && tagOf(proof);
    const cosignedFirst = proof?.witnessed && (await signing.cosignedFirst(proof.index));
    return reply.code(state.state === 'pending' ? 202 : 200).send({
      ...state,
      ...(proof
        ? {
            proof: {
              index: proof.index,
              size: proof.size,
              hashes: proof.path.map((hash) => Buffer.from(hash).toString('base64')),
              checkpoint: asked.data.form === 'ed25519' ? ed25519Form(proof.checkpoint) : proof.checkpoint,
              ...(tag === undefined ? {} : { tag }),
              ...(proof.witnessed ? { witnessed: proof.witnessed } : {}),
              ...(cosignedFirst ? { cosignedFirst } : {}),
            },
          }
        : {}),
    });
  });
}

/** Which field, and in which way; never what stood in it. */
function fieldFaults(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string | undefined }[];
}) {
  return error.issues.map((issue) => ({
    pointer: `/${issue.path.map(String).join('/')}`,
    code: issue.code ?? 'custom',
  }));
}
