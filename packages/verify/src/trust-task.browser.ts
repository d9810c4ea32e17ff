import { formatVerifierKey, SIGNATURE_TYPE, type VerifierKey } from '@lianshu/tlog';
import { noblePrimitives } from './noble-primitives.browser.ts';
import { both, element, make, text } from './page-dom.browser.ts';
import type { Localised } from './sentences.ts';
import { allKeys } from './trust.ts';
import { type ReadTrust, readTrust } from './trust-text.ts';

const { sha256 } = noblePrimitives;

const field = element('keys', HTMLTextAreaElement);
const problem = element('key-problem', HTMLDivElement);
const list = element('key-list', HTMLDivElement);

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const fingerprint = (of: string): string => hex(sha256(new TextEncoder().encode(of)));
const grouped = (digits: string): string => digits.replace(/(.{8})(?=.)/g, '$1 ');

const ROLES = {
  log: text('公卷', 'log'),
  promise: text('承諾書', 'promises'),
  witness: text('見證人', 'witness'),
} as const;

const ALGORITHMS: Readonly<Record<number, Localised>> = {
  [SIGNATURE_TYPE.ed25519]: text('Ed25519', 'Ed25519'),
  [SIGNATURE_TYPE.ed25519Cosignature]: text('Ed25519 副署', 'Ed25519 cosignature'),
  [SIGNATURE_TYPE.mlDsa44]: text('ML-DSA-44（瀏覽器無法查驗）', 'ML-DSA-44 (no browser can check it)'),
};

function roleOf(key: VerifierKey, { policy }: ReadTrust): Localised {
  if (policy?.witnesses.some((witness) => witness.key === key)) return ROLES.witness;
  if (key.name.endsWith('/promise')) return ROLES.promise;
  return key.type === SIGNATURE_TYPE.ed25519Cosignature ? ROLES.witness : ROLES.log;
}

const keyRow = (key: VerifierKey, trust: ReadTrust): HTMLElement =>
  make(
    'li',
    '',
    make('strong', '', key.name),
    make(
      'span',
      'small',
      both('span', roleOf(key, trust)),
      ' · ',
      both('span', ALGORITHMS[key.type] ?? text('', '')),
    ),
    make('code', '', grouped(fingerprint(formatVerifierKey(key)))),
  );

function policyRows({ policy }: ReadTrust): readonly HTMLElement[] {
  if (policy === undefined) return [];
  const rule = (name: string, threshold: number, members: readonly string[]): Localised =>
    text(
      `${name}：${members.join('、')} 之中至少 ${threshold} 個`,
      `${name}: at least ${threshold} of ${members.join(', ')}`,
    );
  return [
    both('h3', text('見證政策', 'Witness policy')),
    both('p', text(`法定人數：${policy.quorum}`, `Quorum: ${policy.quorum}`)),
    make(
      'ul',
      '',
      ...policy.groups.map((group) => both('li', rule(group.name, group.threshold, group.members))),
    ),
  ];
}

const faultText = ({ line, code }: ReadTrust['faults'][number]): Localised =>
  code === 'not-a-key'
    ? text(`第 ${line} 行不是公開金鑰。`, `Line ${line} is no verifier key.`)
    : text(
        `第 ${line} 行不合政策檔的寫法（${code}）；在修正以前，整份政策不採用。`,
        `Line ${line} does not fit a policy (${code}); until it is mended, nothing in the policy counts.`,
      );

function render(trust: ReadTrust): void {
  problem.replaceChildren(...trust.faults.slice(0, 20).map((fault) => both('p', faultText(fault))));
  problem.hidden = trust.faults.length === 0;
  const keys = allKeys(trust);
  const rows = keys.map((key) => keyRow(key, trust));
  list.replaceChildren(
    ...(rows.length === 0
      ? []
      : [both('h3', text('金鑰與指紋', 'Keys and fingerprints')), make('ul', 'keys', ...rows)]),
    ...policyRows(trust),
  );
  if (rows.length > 0) {
    const whole = fingerprint(field.value);
    list.append(
      both('h3', text('整份文字的 SHA-256', 'SHA-256 of the whole text'), ''),
      make('code', 'whole', grouped(whole)),
      both(
        'p',
        text(
          '若上面只放了一個檔案，這就是 sha256sum 對那個檔案算出的值。請用另一個管道（電話、印刷品、見證人的網站）核對。',
          'If the field holds one file, sha256sum gives the same for that file. Compare it by another way: telephone, print, a witness’s own site.',
        ),
        'small',
      ),
    );
  }
  for (const output of document.querySelectorAll('.key-count')) output.textContent = String(keys.length);
  element('no-keys', HTMLDivElement).hidden = keys.length > 0;
}

/** What the person trusts now. */
export const currentTrust = (): ReadTrust => readTrust(sha256, field.value);

/** Keeps the list of keys in step with the field, and tells `changed` each time. */
export function startTrust(changed: () => void): void {
  const update = (): void => {
    render(currentTrust());
    changed();
  };
  field.addEventListener('input', update);
  element('keys-clear', HTMLButtonElement).addEventListener('click', () => {
    field.value = '';
    update();
    field.focus();
  });
  render(currentTrust());
}

/** Adds a file of keys or a policy below what is there. */
export function addTrust(file: string): void {
  const before = field.value;
  if (before.includes(file)) return;
  field.value = before === '' || before.endsWith('\n') ? before + file : `${before}\n${file}`;
  field.dispatchEvent(new Event('input'));
}
