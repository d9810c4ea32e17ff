import { CONTROL_STYLE } from '../control-style.ts';
import { escapeHtml } from '../loopback.ts';
import { REGISTRY_FAULTS, type RegistryFault } from './check-answer.ts';
import type { HouseholdRegister } from './household.ts';
import { PRE_CHECK_FAULTS, type PreCheckFault, type PreCheckState } from './pre-check.ts';
import type { RegistryState } from './registry-server.ts';

const FAULTS: Readonly<Record<RegistryFault, readonly [string, string]>> = {
  none: ['正常', 'Works as it should'],
  silent: ['不回應', 'Silent: takes the request and never answers'],
  'http-503': ['暫停服務（503）', 'Out of service (503)'],
  garbage: ['回應不是本介面的內容', 'Answer that is not the service’s'],
  partial: ['漏了一列', 'One row left out'],
  'foreign-row': ['多了一列', 'A row nobody sent'],
  'wrong-signature': ['以別的金鑰簽署', 'Signed with another key'],
  unsigned: ['沒有簽署', 'Not signed'],
  'wrong-sum': ['總數不平', 'Totals that do not add up'],
  'wrong-rows': ['總數相同、對象不同', 'The same totals about other people'],
  'other-batch': ['回應別的批次', 'About another batch'],
  'unknown-reason': ['不在清單的理由', 'A reason that is not on the list'],
  'paper-reason': ['對電子列用紙本的理由', 'A paper reason for an electronic row'],
};

const PRE_CHECKS: Readonly<Record<PreCheckFault, readonly [string, string]>> = {
  none: FAULTS.none,
  silent: FAULTS.silent,
  'http-503': FAULTS['http-503'],
  refused: ['退回整批', 'Refuses the batch'],
  garbage: FAULTS.garbage,
  partial: FAULTS.partial,
  'foreign-row': FAULTS['foreign-row'],
  'row-twice': ['同一列答兩次', 'One row answered twice'],
  'wrong-signature': FAULTS['wrong-signature'],
  unsigned: FAULTS.unsigned,
  'changed-after-signing': ['簽署後改過', 'Changed after it was signed'],
  'other-request': FAULTS['other-batch'],
  'unknown-county': ['不存在的縣市', 'A county that does not exist'],
  'unknown-forecast': FAULTS['unknown-reason'],
};

/** Page for people: choose how the registry behaves. No script; state changes by same-origin POST. */
export function registryControlPage(
  state: Readonly<RegistryState>,
  preCheck: Readonly<PreCheckState>,
  register: Readonly<HouseholdRegister>,
  verifierKey: string,
): string {
  const options = REGISTRY_FAULTS.map((fault) => {
    const [zh, en] = FAULTS[fault];
    return `<option value="${fault}"${fault === state.fault ? ' selected' : ''}>${zh} · ${en}</option>`;
  }).join('');
  const preChecks = PRE_CHECK_FAULTS.map((fault) => {
    const [zh, en] = PRE_CHECKS[fault];
    return `<option value="${fault}"${fault === preCheck.fault ? ' selected' : ''}>${zh} · ${en}</option>`;
  }).join('');
  const [zh, en] = FAULTS[state.fault];
  return `<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>模擬戶政機關 SIM household registry</title><style>${CONTROL_STYLE}</style></head><body>
<header class="mark">模擬，非戶政機關 <span lang="en">· Simulator, not the household registry</span></header>
<main><h1>模擬戶政機關</h1>
<p lang="en">Simulated household registry; everybody in it is invented</p>
<section><h2>現況 <span lang="en">Now</span></h2>
<p class="state">${zh} <span lang="en">${en}</span></p>
<form method="post" action="/control">
<label class="grow">行為 <span lang="en">Behaviour</span>
<select name="fault">${options}</select></label>
<label class="grow">連署時的預查 <span lang="en">Pre-check at signing</span>
<select name="pre-check">${preChecks}</select></label>
<label class="grow">預查延遲毫秒 <span lang="en">A pre-check takes, ms</span>
<input name="pre-check-delay" inputmode="numeric" pattern="[0-9]{1,6}" value="${preCheck.delayMs}"></label>
<label class="grow">查對耗時毫秒 <span lang="en">A check takes, ms</span>
<input name="work" inputmode="numeric" pattern="[0-9]{1,6}" value="${state.workMs}"></label>
<label class="grow">每千人中已死亡者 <span lang="en">Dead, of a thousand</span>
<input name="share" inputmode="numeric" pattern="[0-9]{1,4}" value="${register.troubleShare}"></label>
<button>套用 <span lang="en">Apply</span></button></form></section>
<section><h2>簽署總數的公鑰 <span lang="en">Key its totals are signed under</span></h2>
<p><code>${escapeHtml(verifierKey)}</code></p></section></main></body></html>`;
}
