import type { VariableView } from '../editor-view'

const inWords = (name: string) => {
  const words = name.replaceAll(/[._]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What people call a field of the draft: its own label, else the usual one, else its name in words. */
export const fieldLabel = (
  { name, label }: { name: string; label?: string | undefined },
  variables: readonly VariableView[],
): string => label ?? variables.find(({ path }) => path === `lead.${name}`)?.label ?? inWords(name)
