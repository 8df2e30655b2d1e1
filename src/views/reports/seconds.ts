/** Milliseconds as seconds with three decimals, for spreadsheets: `3600.000`. */
export function secondsText(durationMs: number): string {
  return (durationMs / 1000).toFixed(3)
}

/** `93.5 %`; a dash where there is no share. */
export function shareText(share: number | null): string {
  return share === null ? '-' : `${(Math.round(share * 1000) / 10).toFixed(1)} %`
}
