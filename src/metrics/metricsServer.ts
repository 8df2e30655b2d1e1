import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface MetricsSite {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly contentType: string
  readonly metrics: () => Promise<string>
  /** Null: all is well; else what is wrong. */
  readonly trouble: () => string | null
}

export type MetricsServing =
  | { readonly serving: true; readonly port: number; close(): Promise<void> }
  | { readonly serving: false; readonly errno: string }

/** Serves `/metrics` and `/healthz` (200, or 503 with what is wrong). Holds no request longer than ten seconds. */
export function serveMetrics(site: MetricsSite): Promise<MetricsServing> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, async (request, response) => {
    const { status, type, text } = await answer(site, request.method ?? '', request.url ?? '')
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
    response.end(request.method === 'HEAD' ? undefined : text)
  })
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve({ serving: false, errno: error.code ?? 'EIO' }))
    server.listen(site.port, site.host, () => {
      // A broken connection is no reason to end the watcher.
      server.on('error', () => undefined)
      resolve({ serving: true, port: (server.address() as AddressInfo).port, close: () => close(server) })
    })
  })
}

const plain = 'text/plain; charset=utf-8'

async function answer(
  { metrics, trouble, contentType }: MetricsSite,
  method: string,
  url: string,
): Promise<{ status: number; type: string; text: string }> {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, type: plain, text: 'GET alone\n' }
  const path = url.split('?')[0]
  if (path === '/metrics') return { status: 200, type: contentType, text: await metrics() }
  if (path !== '/healthz') return { status: 404, type: plain, text: 'there are /metrics and /healthz\n' }
  const wrong = trouble()
  return wrong === null ? { status: 200, type: plain, text: 'ok\n' } : { status: 503, type: plain, text: `${wrong}\n` }
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
