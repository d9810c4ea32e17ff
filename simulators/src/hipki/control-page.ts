import type { SimulatedCard } from '../cards/card.ts';
import { CONTROL_STYLE } from '../control-style.ts';
import { escapeHtml } from '../loopback.ts';
import { COMPONENT_FAULTS, type ComponentFault, type SimulatedCardComponent } from './card-component.ts';
import type { Reader, Token } from './tokens.ts';

const FAULTS: Readonly<Record<ComponentFault, readonly [string, string]>> = {
  none: ['正常', 'Works as it should'],
  slow: ['回應太慢（逾 3.5 秒）', 'Slow: over 3.5 s until ready'],
  'popup-closed': ['視窗自行關閉', 'Pop-up closes without an answer'],
  'no-func': ['回應缺少 func', 'Answer without func'],
  'extension-noise': ['瀏覽器外掛送來雜訊', 'A browser extension posts noise first'],
  'negative-codes': ['負數錯誤碼', 'Error codes as negative numbers'],
  'encryption-first': ['加密憑證列在前面', 'Encryption certificate listed first'],
  'sha1-only': ['只會 SHA-1', 'Signs with SHA-1 whatever is asked'],
  'user-cancel': ['使用者取消', 'The person cancels'],
  timeout: ['執行檔錯誤或逾時', 'Executable error or timeout'],
  'plain-pin-error': ['PIN 錯誤不報剩餘次數', 'Wrong PIN without tries left'],
};

/** The component's page for people: readers, cards with number and PIN, trusted sites, faults. No script. */
export function controlPage(component: SimulatedCardComponent, drawer: readonly SimulatedCard[]): string {
  const readers = component.readers();
  return `<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>模擬讀卡元件 SIM card component</title><style>${CONTROL_STYLE}</style></head><body>
<header class="mark">模擬：人物、證號、PIN 皆為虛構 <span lang="en">· Simulator: people, numbers and PINs are fictitious</span></header>
<main><h1>模擬讀卡元件</h1><p lang="en">Simulated card component (HiPKI LocalSignServer)</p>
${readers.map((reader) => readerSection(component, drawer, reader)).join('\n')}
${readers.length === 0 ? '<section><p class="bad">沒有讀卡機 <span lang="en">No reader</span></p></section>' : ''}
<section><h2>讀卡機 <span lang="en">Readers</span></h2>
${form('add-reader', {}, '', button('再接一部', 'Connect another', true))}</section>
${faultSection(component)}
${drawerSection(component, drawer)}
${trustSection(component)}
</main></body></html>`;
}

function readerSection(
  component: SimulatedCardComponent,
  drawer: readonly SimulatedCard[],
  reader: Reader,
): string {
  const { name, token } = reader;
  const inserted = token?.kind === 'citizen' ? token.card : undefined;
  const options = drawer
    .map(
      (card) =>
        `<option value="${card.signing.serialHex}"${card === inserted ? ' selected' : ''}>${cardTitle(card)}</option>`,
    )
    .join('');
  const select = `<label class="grow">換一張卡 <span lang="en">Another card</span> <select name="card">${options}
<option value="unknown">無法識別的卡片 unknown token</option>
<option value="wrong-type">其他機關的卡片 wrong card type</option></select></label>`;
  const remove =
    token === undefined ? '' : form('remove', { reader: name }, '', button('取出卡片', 'Remove card', true));
  return `<section><h2>${escapeHtml(name)}</h2>
${inserted === undefined ? `<p class="state">${tokenTitle(token)}</p>` : cardDetails(component, inserted)}
${form('insert', { reader: name }, select, button('插入', 'Insert'))}
<div class="row">${remove}
${form('remove-reader', { reader: name }, '', button('拔除讀卡機', 'Unplug reader', true))}</div></section>`;
}

/** Every card with its number and PIN, and a button that puts it into the first reader. */
function drawerSection(component: SimulatedCardComponent, drawer: readonly SimulatedCard[]): string {
  const reader = component.readers()[0]?.name;
  const items = drawer.map((card) => {
    const insert = { reader: reader ?? '', card: card.signing.serialHex };
    const left = component.triesLeft(card);
    const tries =
      left === 3 ? '' : ` <span class="bad">剩 ${left} 次 <span lang="en">${left} left</span></span>`;
    return `<li><span class="grow"><strong>${cardTitle(card)}</strong>${tries}<br>
<span class="value">${escapeHtml(card.person.nationalId)}</span> PIN <span class="value">${escapeHtml(card.pin)}</span></span>
${reader === undefined ? '' : form('insert', insert, '', button('插入', 'Insert', true))}</li>`;
  });
  return `<section><h2>卡片 <span lang="en">Cards</span></h2><ul class="cards">${items.join('\n')}</ul></section>`;
}

function cardDetails(component: SimulatedCardComponent, card: SimulatedCard): string {
  const left = component.triesLeft(card);
  const which = { card: card.signing.serialHex };
  return `<p class="state">${cardTitle(card)}</p>
<dl><dt>身分證號 <span lang="en">ID number</span></dt><dd class="value">${escapeHtml(card.person.nationalId)}</dd>
<dt>PIN</dt><dd class="value">${escapeHtml(card.pin)}</dd>
<dt>剩餘次數 <span lang="en">Tries left</span></dt>
<dd${left === 0 ? ' class="bad"' : ''}>${left}${left === 0 ? ' 已鎖卡 locked' : ''}</dd></dl>
<div class="row">${left === 3 ? '' : form('reset-tries', which, '', button('解鎖、重設次數', 'Reset tries', true))}
${left === 0 ? '' : form('lock', which, '', button('鎖卡', 'Lock', true))}</div>`;
}

function tokenTitle(token: Token | undefined): string {
  if (token === undefined) return '沒有卡片 <span lang="en">No card</span>';
  if (token.kind === 'unknown') return '無法識別的卡片 <span lang="en">Unknown token</span>';
  return '其他機關的卡片 <span lang="en">Card of another authority</span>';
}

function faultSection(component: SimulatedCardComponent): string {
  const options = COMPONENT_FAULTS.map((fault) => {
    const [zh, en] = FAULTS[fault];
    return `<option value="${fault}"${fault === component.fault ? ' selected' : ''}>${zh} · ${en}</option>`;
  }).join('');
  return `<section><h2>狀況 <span lang="en">Faults</span></h2>
${form(
  'fault',
  {},
  `<label class="grow">元件行為 <span lang="en">Behaviour</span>
<select name="fault">${options}</select></label>`,
  button('套用', 'Apply'),
)}
${form('absent', {}, '', button('未安裝 60 秒', 'Absent for 60 s', true))}</section>`;
}

function trustSection(component: SimulatedCardComponent): string {
  const rows = component
    .trustedHosts()
    .map((host) =>
      form(
        'distrust',
        { host },
        `<code class="grow">${escapeHtml(host)}</code>`,
        button('移除', 'Remove', true),
      ),
    );
  return `<section><h2>信任網站 <span lang="en">Trusted sites</span></h2>
${rows.join('\n')}
${form(
  'trust',
  {},
  '<label class="grow">主機名稱 <span lang="en">Host name</span> <input name="host"></label>',
  button('加入', 'Add'),
)}</section>`;
}

function form(
  action: string,
  hidden: Readonly<Record<string, string>>,
  fields: string,
  submit: string,
): string {
  const inputs = Object.entries({ action, ...hidden })
    .map(([key, value]) => `<input type="hidden" name="${key}" value="${escapeHtml(value)}">`)
    .join('');
  return `<form method="post" action="/control">${inputs}${fields}${submit}</form>`;
}

function button(zh: string, en: string, quiet = false): string {
  return `<button${quiet ? ' class="quiet"' : ''}>${zh} <span lang="en">${en}</span></button>`;
}

const cardTitle = (card: SimulatedCard): string =>
  escapeHtml(`${card.person.name} · ${CARD_LABELS.get(card.label) ?? card.label}`);

const CARD_LABELS: ReadonlyMap<string, string> = new Map([
  ['current', '有效 valid'],
  ['second card', '第二張卡 second card'],
  ['expired', '已過期 expired'],
  ['revoked', '已廢止 revoked'],
  ['suspended', '停用 suspended'],
  ['not activated', '未開卡 not activated'],
]);
