import type { ComponentChildren, VNode } from 'preact';

/** A sober bar of `value` towards `threshold`; the numbers beside it carry the meaning, the bar is decoration. */
export const Bar = ({ value, threshold }: Readonly<{ value: number; threshold: number }>): VNode => {
  const share = threshold === 0 ? 0 : Math.min(100, (value * 100) / threshold);
  return (
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="bar-ground" width="100" height="1" />
      {share > 0 ? <rect class="bar-value" width={Math.max(share, 0.4).toFixed(2)} height="1" /> : null}
    </svg>
  );
};

/** A short remark in a tinted box. `kind` changes only its border: what it says stands in its words. */
export const Notice = ({
  kind = 'plain',
  title,
  children,
}: Readonly<{
  kind?: 'plain' | 'strong' | 'error';
  title?: ComponentChildren;
  children: ComponentChildren;
}>): VNode => (
  <div class={`notice notice-${kind}`}>
    {title === undefined ? null : <p class="notice-title">{title}</p>}
    {children}
  </div>
);

/** A table that may be wider than the screen: named, and reachable by keyboard so that it can be scrolled. */
export const TableScroll = ({
  label,
  children,
}: Readonly<{ label: string; children: ComponentChildren }>): VNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus (WCAG 2.1.1)
  <section class="table-scroll" aria-label={label} tabIndex={0}>
    {children}
  </section>
);

/** Three states a light can show; never told by colour alone. */
export type LightState = 'on' | 'waiting' | 'off';

/** One row of lights: a mark, a word and a sentence each. */
export const Lights = ({
  lights,
}: Readonly<{
  lights: readonly Readonly<{ key: string; state: LightState; title: string; text: string }>[];
}>): VNode => (
  <ol class="lights">
    {lights.map((light) => (
      <li key={light.key} class={`light light-${light.state}`} data-light={light.key}>
        <LightMark state={light.state} />
        <div>
          <strong>{light.title}</strong>
          <p>{light.text}</p>
        </div>
      </li>
    ))}
  </ol>
);

const LightMark = ({ state }: Readonly<{ state: LightState }>): VNode => (
  <svg class="light-mark" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
    <circle cx="12" cy="12" r="10" />
    {state === 'on' ? <path d="m7.5 12.5 3 3 6-7" /> : null}
    {state === 'waiting' ? <path d="M12 7v5l3 2" /> : null}
  </svg>
);
