/** Keeps the counts of a draft's form up to date while somebody types. Without it they are told on saving. */
import { liveCount } from './live-count.ts';

const format = new Intl.NumberFormat('en-US');

function keep(line: HTMLElement): void {
  const {
    count: part = '',
    marks = '',
    most = '0',
    template = '',
    templateAll = '',
    near = '',
    over = '',
  } = line.dataset;
  const field = document.getElementById(part);
  const shown = line.querySelector('[data-counted]');
  const all = line.querySelector('[data-with-punctuation]');
  const note = line.querySelector('[data-live-note]');
  if (!(field instanceof HTMLTextAreaElement) || shown === null || all === null || note === null) return;
  const uncounted = new Set(marks);
  field.addEventListener('input', () => {
    const { counted, withPunctuation } = liveCount(field.value, uncounted);
    const limit = Number(most);
    const state = counted > limit ? 'over' : counted * 100 >= limit * 95 ? 'near' : 'fine';
    shown.textContent = template.replace('{n}', format.format(counted));
    all.textContent = templateAll.replace('{n}', format.format(withPunctuation));
    // Told once at each change of state: a screen reader must not hear every number.
    if (line.dataset['state'] !== state) {
      line.dataset['state'] = state;
      note.textContent = state === 'near' ? near : state === 'over' ? over : '';
    }
    // What was marked belongs to the text before.
    line.querySelector('details')?.remove();
  });
}

for (const line of document.querySelectorAll<HTMLElement>('[data-count][data-marks]')) keep(line);
