import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { noneSkipped } from '../../src/domain/records/records.ts'
import { writeMetricsFile } from '../../src/metrics/metricsFile.ts'
import { type MetricsSite, serveMetrics } from '../../src/metrics/metricsServer.ts'
import { createWatchMetrics } from '../../src/metrics/watchMetrics.ts'
import { createFolder } from '../support/opstat.ts'
import { noon } from '../support/system.ts'

const row = {
  name: 'x',
  statusName: 'Online',
  canReceive: true,
  since: 0,
  sessions: 0,
  lastSeen: null,
  dialogues: 0,
  switchAt: null,
  switchTo: null,
}

/** The lines that are no comments. */
function numbersIn(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

test('a watcher’s numbers, as Prometheus reads them', async () => {
  const metrics = createWatchMetrics(() => ({
    now: noon,
    rows: [
      { ...row, operator: 'ana', presence: 'connected', status: 'online' },
      { ...row, operator: 'bo', presence: 'connected', status: 'online' },
      { ...row, operator: 'cy', presence: 'away', status: null },
    ],
    accepted: 7,
    late: 1,
    skipped: { ...noneSkipped(), malformed: 2 },
    feedAt: noon - 1500,
    held: 3,
    offlineAfterMs: 600_000,
  }))
  metrics.noteTurn({ at: noon, problems: ['busy', 'busy'] })
  metrics.noteTransition({ cause: 'auto-offline', at: noon, recordedAt: noon + 1200 })
  metrics.noteTransition({ cause: 'panel', at: noon, recordedAt: noon + 90_000 })
  const lines = numbersIn(await metrics.text())
  expect(lines.filter((line) => !line.includes('_bucket'))).toEqual([
    `opstat_last_turn_timestamp_seconds ${noon / 1000}`,
    'opstat_problems_total{code="busy"} 2',
    'opstat_switches_total{cause="auto-offline"} 1',
    'opstat_switches_total{cause="panel"} 1',
    'opstat_switches_total{cause="admin"} 0',
    'opstat_switches_total{cause="status-deleted"} 0',
    'opstat_switch_lateness_seconds_sum 1.2',
    'opstat_switch_lateness_seconds_count 1',
    'opstat_operators{presence="connected",status="online"} 2',
    'opstat_operators{presence="away",status=""} 1',
    'opstat_feed_age_seconds 1.5',
    'opstat_held_operators 3',
    'opstat_offline_after_seconds 600',
    'opstat_leading 1',
    'opstat_feed_records_total 7',
    'opstat_feed_late_records_total 1',
    'opstat_feed_skipped_lines_total{reason="malformed"} 2',
    ...['tooLong', 'future', 'unknownEvent', 'unknownOperator', 'unknownStatus'].map(
      (reason) => `opstat_feed_skipped_lines_total{reason="${reason}"} 0`,
    ),
  ])
})

test('who stands by has no numbers of a watcher', async () => {
  const lines = numbersIn(await createWatchMetrics(() => null).text())
  expect(lines).toContain('opstat_leading 0')
  expect(lines.filter((line) => /^opstat_(operators|feed_age|held|offline)/.test(line))).toEqual([])
})

async function serving(changed: Partial<MetricsSite> = {}) {
  const site = await serveMetrics({
    host: '127.0.0.1',
    port: 0,
    contentType: 'text/plain; version=0.0.4',
    metrics: async () => 'opstat_leading 1\n',
    trouble: () => null,
    ...changed,
  })
  if (!site.serving) throw new Error(site.errno)
  onTestFinished(() => site.close())
  return site
}

function get(port: number, path: string, method = 'GET'): Promise<{ status: number; type: string; text: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      const type = String(response.headers['content-type'])
      response.on('end', () => resolve({ status: response.statusCode ?? 0, type, text }))
    })
      .on('error', reject)
      .end()
  })
}

test('/metrics and /healthz are served, and nothing else', async () => {
  const { port } = await serving()
  expect(await get(port, '/metrics?x')).toEqual({
    status: 200,
    type: 'text/plain; version=0.0.4',
    text: 'opstat_leading 1\n',
  })
  expect(await get(port, '/healthz')).toMatchObject({ status: 200, text: 'ok\n' })
  expect(await get(port, '/')).toMatchObject({ status: 404 })
  expect(await get(port, '/metrics', 'POST')).toMatchObject({ status: 405 })
  expect(await get(port, '/metrics', 'HEAD')).toMatchObject({ status: 200, text: '' })
})

test('trouble is 503 and says what it is', async () => {
  const { port } = await serving({ trouble: () => 'no turn for 40 s' })
  expect(await get(port, '/healthz')).toMatchObject({ status: 503, text: 'no turn for 40 s\n' })
})

test('an address that is taken is no reason to throw', async () => {
  const { port } = await serving()
  expect(
    await serveMetrics({ host: '127.0.0.1', port, contentType: '', metrics: async () => '', trouble: () => null }),
  ).toEqual({ serving: false, errno: 'EADDRINUSE' })
})

test('the file is replaced whole, readable for all, and nothing else is left', async () => {
  const folder = await createFolder({ 'opstat.prom': 'old' })
  const file = join(folder, 'opstat.prom')
  expect(await writeMetricsFile(file, 'new\n')).toBeNull()
  expect(readFileSync(file, 'utf8')).toBe('new\n')
  expect(statSync(file).mode & 0o777).toBe(0o644)
  expect(readdirSync(folder)).toEqual(['opstat.prom'])
  mkdirSync(join(folder, 'directory'))
  expect(await writeMetricsFile(join(folder, 'directory'), 'x')).toBe('EISDIR')
  expect(await writeMetricsFile(join(folder, 'no/where'), 'x')).toBe('ENOENT')
  expect(readdirSync(folder).sort()).toEqual(['directory', 'opstat.prom'])
})
