/** Where the maker of the card component has every page look for it. */
const CARD_PORT = 61_161;
/** Where the demonstration's certificates and settings look for what is simulated: authority, identity, stamps, registry. */
const SIMULATED_PORTS: readonly number[] = [61_171, 61_172, 61_173, 61_174];

/** What to do about a port that is taken. */
function adviceFor(port: number): readonly [zh: string, en: string] {
  if (port === CARD_PORT)
    return [
      '；這個埠不能更改：請先停止另一個示範，或加上 --no-card。',
      '; it cannot be changed: stop the other demonstration first, or add --no-card.',
    ];
  return SIMULATED_PORTS.includes(port)
    ? [
        '；這個埠不能更改：請先停止另一個示範。',
        '; it cannot be changed: stop the other demonstration first.',
      ]
    : [
        '：是否已有一個在執行？可用 --port、--office-port、--workspace-port 另指定。',
        ': is another one running already? Give others with --port, --office-port and --workspace-port.',
      ];
}

/** Which port somebody else listens on and what to do, in both languages, if that is why a start failed. */
export function portInUseText(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return undefined;
  if (!('port' in error) || typeof error.port !== 'number') return undefined;
  const [zh, en] = adviceFor(error.port);
  return `連接埠 ${error.port} 已被使用${zh} Port ${error.port} is in use${en}`;
}
