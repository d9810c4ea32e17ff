/**
 * The signing page's elements and the few ways in which the island changes them: what is shown, what is filled in.
 * Plain functions rather than an object, because the page may carry 6 KB of script and bundlers shorten only names.
 */

/** What a failure looks like; words that are not given come from the page's template for the code. */
export type Shown = Readonly<{
  code: string;
  standing: string;
  cause?: string;
  next?: string;
  technical?: string;
  first?: string;
  act?: string;
}>;

/** The one element that matches; a page without it is a fault of ours. */
export const one = <T extends HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(selector);
  return found;
};

const each = (selector: string, run: (element: HTMLElement) => void): void =>
  document.querySelectorAll<HTMLElement>(selector).forEach(run);

const put = (selector: string, text: string): void => {
  one(selector).textContent = text;
};

const appear = (selector: string, visible: boolean): void =>
  each(selector, (element) => {
    element.hidden = !visible;
  });

/** An attribute of the form: the facts the page was printed with. */
export const printed = (name: string): string => one('#sign').getAttribute(`data-${name}`) || '';

/** Of all elements with `data-<group>`, only those naming `key` remain visible. */
export const show = (group: string, key: string): void =>
  each(`[data-${group}]`, (element) => {
    element.hidden = element.getAttribute(`data-${group}`) !== key;
  });

export const clearFailure = (): void => appear('[data-failure]', false);

const mark = (step: string): void =>
  each('[data-for]', (item) =>
    item.setAttribute('aria-current', item.getAttribute('data-for') === step ? 'step' : 'false'),
  );

/** Shows one step and puts the focus on its heading. */
export const go = (step: string): void => {
  clearFailure();
  show('step', step);
  mark(step);
  one(`[data-step="${step}"] h2`).focus();
  scrollTo(0, 0);
};

/** Runs `run` when a button with this `data-act` is pressed. */
export const act = (name: string, run: () => void): void =>
  each(`[data-act="${name}"]`, (button) => button.addEventListener('click', run));

/** Day and minute in the reader's calendar, and the day once more as in files, in Asia/Taipei. */
export const moment = (iso: string): string => {
  const date = new Date(iso);
  const timeZone = 'Asia/Taipei';
  const words = date.toLocaleString(document.documentElement.lang === 'en' ? 'en-GB' : 'zh-TW-u-ca-roc', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  return `${words} · ${date.toLocaleDateString('sv', { timeZone })}`;
};

/** Shows a failure: first whether anything was signed, then cause, next act and code. */
export const fail = (shown: Shown): void => {
  const template = document.querySelector<HTMLTemplateElement>(`[data-failure-code="${shown.code}"]`);
  const words = template ? template.content.children : [];
  const help = template?.getAttribute('data-failure-help');
  const button = shown.act || template?.getAttribute('data-failure-act') || 'retry';
  put('[data-cause]', shown.cause || words[0]?.textContent || '');
  put('[data-next]', shown.next || words[1]?.textContent || '');
  put('[data-code]', shown.code);
  put('[data-technical]', shown.technical || shown.code);
  appear('[data-help]', !!help);
  if (help) one<HTMLAnchorElement>('[data-help]').href = help;
  appear('[data-first]', !!shown.first);
  if (shown.first) put('[data-first-time]', moment(shown.first));
  show('standing', shown.standing);
  show('button', button);
  appear('[data-failure]', true);
  one('[data-failure]').focus();
};

const file = (selector: string, content: BlobPart, name: string): void => {
  const link = one<HTMLAnchorElement>(selector);
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  link.download = `lianshu-${printed('case')}-${name}`;
};

/** The stop before a card locks: signing waits for the person's own word. */
export const lastTry = (isLast: boolean): void => {
  const consent = one<HTMLInputElement>('#last-try');
  const button = one<HTMLButtonElement>('[data-act="card"]');
  appear('[data-last-try]', isLast);
  consent.checked = false;
  button.disabled = isLast;
  consent.onchange = () => {
    button.disabled = !consent.checked;
  };
};

/** Shows the exact statement and offers its exact bytes. */
export const showStatement = (text: string): void => {
  put('[data-statement]', text);
  file('[data-statement-file]', text, 'statement.txt');
};

/** What the signer keeps: the receipt, or the promise until there is one. */
export type Kept = Readonly<{
  outcome: 'included' | 'held' | 'waiting';
  commitment: string;
  text: string;
  facts: Readonly<Record<string, string>>;
}>;

/** Shows the receipt in place. */
export const showReceipt = ({ outcome, commitment, text, facts }: Kept): void => {
  go('receipt');
  appear('[data-steps]', false);
  show('outcome', outcome);
  each('[data-light]', (light) => {
    const name = light.getAttribute('data-light') || '';
    light.hidden =
      name.startsWith('included') && name !== (outcome === 'included' ? outcome : `included-${outcome}`);
  });
  for (const name of Object.keys(facts)) put(`[data-fact="${name}"]`, facts[name] || '');
  file(
    '[data-receipt-file]',
    text,
    commitment.slice(0, 8) + (outcome === 'included' ? '.tlog-proof' : '.promise'),
  );
  one<HTMLAnchorElement>('[data-public-page]').href = `${printed('receipts')}/${commitment}`;
};

/** Tells when the file was saved. */
export const onSaved = (run: () => void): void =>
  one('[data-receipt-file]').addEventListener('click', () => {
    appear('[data-unsaved]', false);
    appear('[data-saved]', true);
    run();
  });

/** Turns the one long page into steps. */
export const start = (): void => {
  appear('[data-script]', true);
  appear('[data-no-script]', false);
  show('step', 'who');
  mark('who');
  each('[data-go]', (button) =>
    button.addEventListener('click', () => go(button.getAttribute('data-go') || '')),
  );
  act('copy', () => {
    void navigator.clipboard
      .writeText(one('[data-statement]').textContent || '')
      .then(() => appear('[data-copied]', true));
  });
};
