/**
 * 通行金鑰: asks the device and sends its answer as a form. Holds no words: every sentence is in the page already.
 */
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';

function prepare(form: HTMLFormElement): void {
  const button = form.querySelector('button');
  const answer = form.querySelector<HTMLInputElement>('input[name=answer]');
  if (button === null || answer === null) return;
  const say = (name?: string): void => {
    for (const line of form.querySelectorAll<HTMLElement>('[data-say]'))
      line.hidden = line.dataset['say'] !== name;
  };
  if (!browserSupportsWebAuthn()) {
    say('unsupported');
    return;
  }
  button.disabled = false;
  form.addEventListener('submit', (event) => {
    if (answer.value !== '') return;
    event.preventDefault();
    button.disabled = true;
    say('working');
    const options: unknown = JSON.parse(form.dataset['options'] ?? '{}');
    const asked =
      form.dataset['passkey'] === 'create'
        ? startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
        : startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
    asked.then(
      (made) => {
        answer.value = JSON.stringify(made);
        form.submit();
      },
      () => {
        button.disabled = false;
        say('cancelled');
      },
    );
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) prepare(form);
// A page the browser kept for going back holds an answer that was sent already.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
