import type { VNode } from 'preact';
import type { Language } from '../web/index.ts';
import { passkeyMessages } from './passkey-messages.ts';
import { ALGORITHMS } from './passkey-proof.ts';

/** What the script hands to the browser: options of W3C WebAuthn §5.4 or §5.5, as JSON. */
export type PasskeyOptions = Readonly<Record<string, unknown>>;

const TIMEOUT_MS = 120_000;

/** Options for signing in (any passkey of this origin) or, with `credential`, for an answer of one passkey. */
export const assertionOptions = (rpId: string, challenge: string, credential?: string): PasskeyOptions => ({
  rpId,
  challenge,
  timeout: TIMEOUT_MS,
  userVerification: 'required',
  ...(credential === undefined ? {} : { allowCredentials: [{ id: credential, type: 'public-key' }] }),
});

/** Options for registering: a passkey that the device finds by itself and guards by its own check. */
export const registrationOptions = (
  rpId: string,
  challenge: string,
  holder: Readonly<{ id: string; label: string }>,
): PasskeyOptions => ({
  rp: { id: rpId, name: '連署 Lianshu' },
  user: { id: holder.id, name: holder.label, displayName: holder.label },
  challenge,
  pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
  timeout: TIMEOUT_MS,
  attestation: 'none',
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
});

/** The one step that needs script: a form whose button asks the device, then sends its answer like any form. */
export const PasskeyStep = ({
  language,
  action,
  verb,
  options,
  button,
  hidden = {},
}: Readonly<{
  language: Language;
  action: string;
  verb: 'get' | 'create';
  options: PasskeyOptions;
  button: string;
  hidden?: Readonly<Record<string, string>>;
}>): VNode => {
  const t = passkeyMessages(language);
  return (
    <form method="post" action={action} data-passkey={verb} data-options={JSON.stringify(options)}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="answer" value="" />
      <p class="buttons">
        <button type="submit" class="button" disabled>
          {button}
        </button>
      </p>
      <p role="status">
        <span class="busy" hidden data-say="working">
          <span>{t.working}</span>
        </span>
      </p>
      <div role="alert">
        <p class="field-error" hidden data-say="cancelled">
          {t.cancelled}
        </p>
        <p class="field-error" hidden data-say="unsupported">
          {t.unsupported}
        </p>
      </div>
      <noscript>
        <p class="notice">{t.needsScript}</p>
      </noscript>
    </form>
  );
};
