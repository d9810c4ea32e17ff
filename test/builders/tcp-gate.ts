/** A door in front of a server that can be shut: connections through it end, and new ones are refused. */
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';

export interface TcpGate {
  readonly port: number;
  shut(): Promise<void>;
}

export async function tcpGate(behind: NetConnectOpts): Promise<TcpGate> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((inside) => {
    const outside = connect(behind);
    keep(inside);
    keep(outside);
    inside.pipe(outside);
    outside.pipe(inside);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async shut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
