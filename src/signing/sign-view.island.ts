/**
 * The signing page's elements and the few ways in which the island changes them: what is shown, what is filled in.
 * Plain functions rather than an object, because the page may carry 6 KB of script and bundlers shorten only names.
 */

/** What a failure looks like; words that are not given come from the page's entry for the code. */
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

// Below, elements are named by their data attribute without `data-`.
const named = <T extends HTMLElement>(name: string): T => one<T>(`[data-${name}]`);

const put = (name: string, text: string): void => {
  named(name).textContent = text;
};

const appear = (name: string, visible: boolean): void =>
  each(`[data-${name}]`, (element) => {
    element.hidden = !visible;
  });

/** An attribute of the form: the facts the page was printed with. */
export const printed = (name: string): string => one('#sign').getAttribute(`data-${name}`) || '';

/** Of all elements with `data-<group>`, only those naming `key` remain visible. */
export const show = (group: string, key: string): void =>
  each(`[data-${group}]`, (element) => {
    element.hidden = element.getAttribute(`data-${group}`) !== key;
  });

export const clearFailure = (): void => appear('failure', false);

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
  const entry = document.querySelector(`[data-failure-code="${shown.code}"]`);
  const worded = (name: string): string => entry?.getAttribute(`data-failure-${name}`) || '';
  const help = worded('help');
  put('cause', shown.cause || worded('cause'));
  put('next', shown.next || worded('next'));
  put('code', shown.code);
  put('technical', shown.technical || shown.code);
  appear('help', !!help);
  if (help) named<HTMLAnchorElement>('help').href = help;
  appear('first', !!shown.first);
  if (shown.first) put('first-time', moment(shown.first));
  show('standing', shown.standing);
  show('button', shown.act || worded('act') || 'retry');
  appear('failure', true);
  named('failure').focus();
};

const file = (name: string, content: BlobPart, suffix: string): void => {
  const link = named<HTMLAnchorElement>(name);
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  link.download = `lianshu-${printed('case')}-${suffix}`;
};

/** The stop before a card locks: signing waits for the person's own word. */
export const lastTry = (isLast: boolean): void => {
  const consent = one<HTMLInputElement>('#last-try');
  const button = one<HTMLButtonElement>('[data-act="card"]');
  appear('last-try', isLast);
  consent.checked = false;
  button.disabled = isLast;
  consent.onchange = () => {
    button.disabled = !consent.checked;
  };
};

/** Shows the exact statement and offers its exact bytes. */
export const showStatement = (text: string): void => {
  put('statement', text);
  file('statement-file', text, 'statement.txt');
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
  appear('steps', false);
  appear('saved', false);
  appear('unsaved', true);
  show('outcome', outcome);
  each('[data-light]', (light) => {
    const name = light.getAttribute('data-light') || '';
    light.hidden =
      name.startsWith('included') && name !== (outcome === 'included' ? outcome : `included-${outcome}`);
  });
  for (const name of Object.keys(facts)) put(`fact="${name}"`, facts[name] || '');
  file('receipt-file', text, commitment.slice(0, 8) + (outcome === 'included' ? '.tlog-proof' : '.promise'));
  named<HTMLAnchorElement>('public-page').href = `${printed('receipts')}/${commitment}`;
};

/** Tells when the file was saved. */
export const onSaved = (run: () => void): void =>
  named('receipt-file').addEventListener('click', () => {
    appear('unsaved', false);
    appear('saved', true);
    run();
  });

/** Turns the one long page into steps. */
export const start = (): void => {
  appear('script', true);
  appear('no-script', false);
  show('step', 'who');
  mark('who');
  each('[data-go]', (button) =>
    button.addEventListener('click', () => go(button.getAttribute('data-go') || '')),
  );
  act('copy', () => {
    void navigator.clipboard
      .writeText(named('statement').textContent || '')
      .then(() => appear('copied', true));
  });
};
