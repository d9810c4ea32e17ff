/** The sign-in form as it comes in: parsed once, bounded, faults named by field. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { EntranceMessages } from './entrance-messages.ts';

export interface SignInForm {
  readonly nationalId: string;
  readonly token: string;
  readonly next: string;
  /** CMS as DER, PEM or base64. */
  readonly signature: Uint8Array;
  readonly caseNumber: string;
  readonly eSystem: Readonly<{ caseNumber: string; code: string }> | undefined;
}

type Fault = keyof EntranceMessages & `fault${string}`;

export interface RefusedForm {
  readonly next: string;
  readonly caseNumber: string;
  /** Field and sentence, in the order of the form. */
  readonly faults: readonly (readonly [field: string, fault: Fault])[];
}

const fields = z.object({
  nationalId: z.string().max(64).default(''),
  token: z.string().max(200).default(''),
  next: z.string().max(300).default('/'),
  /** What the card component gave, base64. */
  envelope: z.string().max(90_000).default(''),
  case: z.string().max(64).default(''),
  code: z.string().max(200).default(''),
});

export const isRefusedForm = (form: SignInForm | RefusedForm): form is RefusedForm => 'faults' in form;

/** Undefined for what no form of ours sends. */
export async function readSignInForm(request: FastifyRequest): Promise<SignInForm | RefusedForm | undefined> {
  const texts = new Map<string, string>();
  let file: Uint8Array = new Uint8Array();
  for await (const part of request.parts()) {
    if (part.type === 'file') file = new Uint8Array(await part.toBuffer());
    else if (typeof part.value === 'string') texts.set(part.fieldname, part.value);
  }
  const parsed = fields.safeParse(Object.fromEntries(texts));
  if (!parsed.success) return undefined;
  const { nationalId, token, next, envelope, code } = parsed.data;
  const caseNumber = parsed.data.case.trim();
  const signature = envelope === '' ? file : new TextEncoder().encode(envelope);
  const faults: [string, Fault][] = [];
  if (nationalId.trim() === '') faults.push(['national-id', 'faultId']);
  const isCase = /^[0-9]{4,6}$/.test(caseNumber);
  if (!isCase && (caseNumber !== '' || code.trim() !== '')) faults.push(['case', 'faultCase']);
  if (caseNumber !== '' && code.trim() === '') faults.push(['code', 'faultCode']);
  if (signature.length === 0) faults.push(['signature', 'faultSignature']);
  const shown = isCase ? caseNumber : '';
  if (faults.length > 0) return { next, caseNumber: shown, faults };
  return {
    nationalId,
    token,
    next,
    signature,
    caseNumber: shown,
    eSystem: isCase ? { caseNumber, code } : undefined,
  };
}
