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

const one = <T extends HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(`The page lacks ${selector}`);
  return found;
};

const each = (selector: string, run: (element: HTMLElement) => void): void =>
  document.querySelectorAll<HTMLElement>(selector).forEach(run);

const form = one<HTMLFormElement>('#sign');
const failure = one('[data-failure]');
const language = document.documentElement.lang;

/** Of all elements with `data-<group>`, only those naming `key` remain visible. */
const show = (group: string, key: string): void =>
  each(`[data-${group}]`, (element) => {
    element.hidden = element.getAttribute(`data-${group}`) !== key;
  });

const clearFailure = (): void => {
  failure.hidden = true;
};

const go = (step: string): void => {
  clearFailure();
  show('step', step);
  each('[data-steps] li', (item) => {
    if (item.dataset['for'] === step) item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
  });
  const heading = one(`[data-step="${step}"] h2`);
  heading.focus();
  scrollTo(0, 0);
};

const act = (name: string, run: () => void): void =>
  each(`[data-act="${name}"]`, (each) => each.addEventListener('click', run));

const moment = (iso: string): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-TW-u-ca-roc', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Taipei',
  }).format(new Date(iso));

const fail = (shown: Shown): void => {
  const template = document.querySelector<HTMLTemplateElement>(
    `template[data-failure-code="${CSS.escape(shown.code)}"]`,
  );
  const [cause, next] = [...(template?.content.children ?? [])].map((line) => line.textContent ?? '');
  const button = shown.act ?? template?.dataset['failureAct'] ?? 'retry';
  const help = template?.dataset['failureHelp'];
  one('[data-cause]').textContent = shown.cause || cause || '';
  one('[data-next]').textContent = shown.next || next || '';
  one('[data-code]').textContent = shown.code;
  one('[data-technical]').textContent = shown.technical || shown.code;
  const link = one<HTMLAnchorElement>('[data-help]');
  link.hidden = help === undefined;
  if (help !== undefined) link.href = help;
  one('[data-first]').hidden = !shown.first;
  if (shown.first) one('[data-first-time]').textContent = moment(shown.first);
  show('standing', shown.standing);
  each('[data-act^="failure-"]', (each) => {
    each.hidden = each.dataset['act'] !== `failure-${button}`;
  });
  failure.hidden = false;
  failure.focus();
};

const file = (link: HTMLAnchorElement, bytes: BlobPart, name: string): void => {
  if (link.href.startsWith('blob:')) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = name;
};

/** The elements of the signing page and the few ways in which the island changes them. */
export const page = {
  form,
  field: one<HTMLInputElement>('#national-id'),
  pin: one<HTMLInputElement>('#pin'),
  pad: one('[data-pad]'),
  show,
  go,
  act,
  fail,
  moment,
  clearFailure,
  fact: (name: string, value: string): void => {
    one(`[data-fact="${name}"]`).textContent = value;
  },
  offerResend: (): void =>
    each('[data-act^="failure-"]', (each) => {
      each.hidden = each.dataset['act'] !== 'failure-resend';
    }),
  /** The stop before a card locks: signing waits for the person's own word. */
  lastTry: (isLast: boolean): void => {
    const consent = one<HTMLInputElement>('#last-try');
    const button = one<HTMLButtonElement>('[data-act="card"]');
    one('[data-last-try]').hidden = !isLast;
    consent.checked = false;
    button.disabled = isLast;
    consent.onchange = () => {
      button.disabled = !consent.checked;
    };
  },
  showStatement: (text: string, bytes: Uint8Array): void => {
    one('[data-statement]').textContent = text;
    file(
      one('[data-statement-file]'),
      new Uint8Array(bytes),
      `lianshu-${form.dataset['case']}-statement.txt`,
    );
  },
  showReceipt: (outcome: string, commitment: string, text: string, isReceipt: boolean): void => {
    const name = `lianshu-${form.dataset['case']}-${commitment.slice(0, 8)}${isReceipt ? '.tlog-proof' : '-promise.txt'}`;
    go('receipt');
    one('[data-steps]').hidden = true;
    show('outcome', outcome);
    const lights = ['received', outcome === 'included' ? 'included' : `included-${outcome}`, 'witnessed'];
    each('[data-light]', (light) => {
      light.hidden = !lights.includes(light.dataset['light'] ?? '');
    });
    file(one('[data-receipt-file]'), text, name);
    const link = one<HTMLAnchorElement>('[data-public-page]');
    link.href = `${link.href.replace(/\/receipts.*$/, '/receipts')}/${commitment}`;
  },
  onSaved: (run: () => void): void =>
    one('[data-receipt-file]').addEventListener('click', () => {
      one('[data-unsaved]').hidden = true;
      one('[data-saved]').hidden = false;
      run();
    }),
  /** Turns the one long page into steps. */
  start: (): void => {
    each('[data-script]', (element) => {
      element.hidden = false;
    });
    each('[data-no-script]', (element) => {
      element.hidden = true;
    });
    show('step', 'who');
    each('[data-steps] li[data-for="who"]', (item) => item.setAttribute('aria-current', 'step'));
    act('copy', () => {
      void navigator.clipboard.writeText(one('[data-statement]').textContent ?? '').then(() => {
        one('[data-copied]').hidden = false;
      });
    });
  },
};
