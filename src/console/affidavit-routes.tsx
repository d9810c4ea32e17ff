/** The affidavit by card: offered, verified and sealed in the sealer, kept and entered together. */
import { equalBytes, renderAffidavitStatement } from '@lianshu/statement';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readSignatureFile } from '../credentials/index.ts';
import type { CardChallenges } from '../lead-proposers/index.ts';
import { type SealerClient, SealerFault } from '../sealer/index.ts';
import type { AssetLink, FieldError } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { AffidavitPage, type AffidavitView } from './affidavit-page.tsx';
import { affidavitDigest } from './affidavit-text.ts';
import { AFFIDAVIT_WORDS } from './affidavit-words.ts';
import type { AskedCase, ConsoleContext } from './console-context-routes.tsx';
import { speak } from './console-frame.tsx';

/** What signing an affidavit by card needs. */
export interface AffidavitRoutesDeps {
  readonly sealer: Pick<SealerClient, 'sealAffidavit'>;
  /** One statement is offered to one session for one case, and handed in once. */
  readonly cards: CardChallenges;
  /** Origin of the card component, `http://localhost:61161`. */
  readonly cardComponent: string;
  readonly script: AssetLink | undefined;
}

/** Each attempt asks the identity service. */
const ATTEMPTS = { max: 20, timeWindow: 60_000 };

const fields = z.object({
  nationalId: z.string().max(64).default(''),
  token: z.string().max(200).default(''),
  /** What the card component gave, base64. */
  envelope: z.string().max(90_000).default(''),
});

async function readForm(request: FastifyRequest) {
  const texts = new Map<string, string>();
  let file: Uint8Array = new Uint8Array();
  for await (const part of request.parts()) {
    if (part.type === 'file') file = new Uint8Array(await part.toBuffer());
    else if (typeof part.value === 'string') texts.set(part.fieldname, part.value);
  }
  const parsed = fields.safeParse(Object.fromEntries(texts));
  if (!parsed.success) return undefined;
  const { envelope } = parsed.data;
  return { ...parsed.data, signature: envelope === '' ? file : new TextEncoder().encode(envelope) };
}

export function affidavitRoutes(
  server: FastifyInstance,
  pages: ConsoleContext,
  { sealer, cards, cardComponent, script }: AffidavitRoutesDeps,
): void {
  const { console: acts, clock } = pages.deps;

  const purposeOf = ({ frame, who }: AskedCase): string =>
    `affidavit ${frame.number} ${who.id} ${who.sessionName}`;

  const offerOf = (asked: AskedCase): NonNullable<AffidavitView['offer']> => {
    const caseNumber = asked.frame.number;
    const { token, signedAt, transaction } = cards.offer(purposeOf(asked));
    const fields = { caseNumber, textDigest: affidavitDigest(caseNumber), signedAt, transaction };
    const statement = new TextDecoder().decode(renderAffidavitStatement(fields));
    return { statement, transaction, token, cardComponent };
  };

  /** As the law sees filing one today; undefined when it may be filed. */
  const judge = ({ frame, case: { today } }: AskedCase) =>
    acts.judge(frame.number, { kind: 'affidavit', body: { step: 'handed-in', on: today } });

  async function show(asked: AskedCase, errors: readonly FieldError[] = [], status = 200, isDone = false) {
    const { reply, frame, who, case: found } = asked;
    const filed = found.found.acts.findLast(({ kind }) => kind === 'affidavit');
    const step = (filed?.body as { step?: 'signed' | 'handed-in' } | undefined)?.step;
    const refused = step === undefined && !isDone ? await judge(asked) : undefined;
    const mayOffer = step === undefined && !isDone && refused === undefined;
    const view: AffidavitView = {
      refusal: refused === 'unknown-case' ? undefined : refused,
      filed: step,
      isDone,
      offer: mayOffer ? offerOf(asked) : undefined,
      errors,
      script,
      hasCard: who.person !== undefined,
    };
    return pages.send(reply, <AffidavitPage frame={frame} view={view} />, status);
  }

  async function sign(asked: AskedCase): Promise<FastifyReply> {
    const { request, reply, frame, who } = asked;
    const t = speak(frame.language);
    const form = request.isMultipart() ? await readForm(request) : undefined;
    const receivedAtMs = clock.nowMs();
    if (form === undefined) return reply.refuse({ code: 'malformed-input' });
    const wrong = (field: string, message: string, status = 422) => show(asked, [{ field, message }], status);
    if (form.nationalId.trim() === '')
      return wrong('national-id', t('請輸入身分證統一編號。', 'Enter the national ID number.'));
    if (form.signature.length === 0)
      return wrong('signature', t('請選擇簽章檔。', 'Choose the signature file.'));
    const file = readSignatureFile(form.signature);
    if (file.outcome === 'refused')
      return wrong('signature', AFFIDAVIT_WORDS.refusalSentence(file.code, frame.language));
    if (who.person === undefined)
      return wrong(
        'national-id',
        t('請以自然人憑證登入後再簽署。', 'Sign in with the citizen certificate first.'),
        403,
      );
    const { number } = frame;
    const offered = cards.read(purposeOf(asked), form.token);
    const expired = () =>
      wrong(
        'signature',
        t(
          '切結書沒有提出：這份待簽文字已逾十分鐘、已用過，或不是在這次登入時取得的。下方是新的文字，請再簽一次。',
          'The affidavit was not filed: what was signed is older than ten minutes, was used before, or was not offered to this session. A fresh statement is below: please sign again.',
        ),
        409,
      );
    if (offered === undefined) return expired();
    const { signedAt, transaction } = offered;
    const { nationalId } = form;
    const outcome = await sealer
      .sealAffidavit({
        statement: { caseNumber: number, textDigest: affidavitDigest(number), signedAt, transaction },
        nationalId,
        form: file.form,
        signature: file.signature,
        certificate: file.certificate,
        receivedAtMs,
      })
      .catch((error: unknown) => {
        if (error instanceof SealerFault && (error.retryable || error.code === 'case-not-ready'))
          return undefined;
        throw error;
      });
    if (outcome === undefined || outcome.outcome === 'undecided')
      return wrong(
        'national-id',
        t(
          '切結書沒有提出：驗證服務暫時無法回應。稍後再簽一次，或書面送交選務機關。',
          'The affidavit was not filed: verification does not answer now. Sign again later, or hand it in at the commission.',
        ),
        503,
      );
    if (outcome.outcome === 'refused') {
      request.log.info({ code: outcome.code, route: request.routeOptions.url }, 'affidavit refused');
      return wrong('national-id', AFFIDAVIT_WORDS.refusalSentence(outcome.code, frame.language), 403);
    }
    if (!equalBytes(outcome.person, who.person))
      return wrong(
        'national-id',
        t(
          '切結書沒有提出：須以登入者（領銜人）本人之憑證簽署（電子連署及查對作業辦法 §4）。',
          'The affidavit was not filed: the certificate must be that of the lead proposer who is signed in (E-petition Regulation §4).',
        ),
        403,
      );
    const entered = await acts.applySigned(number, outcome, (tx) => cards.spend(tx, offered));
    if (entered === 'spent') return expired();
    return entered.ok ? show(asked, [], 200, true) : show(asked, [], 422);
  }

  // The page opens the card component in a pop-up and must keep its link to it.
  const config = { opensCardComponent: true };
  for (const url of bothLanguages('/console/:number/affidavit')) {
    server.get(
      url,
      { config },
      pages.ofCase('act', (asked) => show(asked)),
    );
    server.post(url, { config: { ...config, rateLimit: ATTEMPTS } }, pages.ofCase('act', sign));
  }
}
