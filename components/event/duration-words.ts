import { minuteMs, secondMs } from '@/lib/time'

/** "189 ms", "1.24 s", "2 min 5 s". */
export function durationWords(ms: number): string {
  if (ms < secondMs) return `${Math.round(ms)} ms`
  if (ms < minuteMs) return `${(ms / secondMs).toFixed(2)} s`
  return `${Math.floor(ms / minuteMs)} min ${Math.round((ms % minuteMs) / secondMs)} s`
}
