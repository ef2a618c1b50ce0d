export { attachInvitation, findInvitedStep, type InvitedStep } from './attach-invitation'
export { auditable } from './auditable'
export { listCapUse } from './cap-use'
export { compareVersions } from './compare-versions'
export { createFlow } from './create-flow'
export { createSource } from './create-source'
export { diffDocuments, sameJson } from './diff-documents'
export { duplicateFlow } from './duplicate-flow'
export { exportFlow } from './export-flow'
export { flowHistory } from './flow-history'
export { holdStepCircuit } from './hold-step-circuit'
export { importFlow } from './import-flow'
export { listInviteSteps } from './invite-steps'
export {
  flowRules,
  type LoadedFlow,
  type LoadedSource,
  loadDocument,
  loadDraft,
  loadFlow,
  loadStep,
  loadVersion,
} from './load-flow'
export { previewSubmission } from './preview-submission'
export { publishFlow } from './publish-flow'
export { getFlow, hasFlow, listFlowNames, listFlows, listSources, listVersions } from './queries'
export { restoreVersion } from './restore-version'
export { rotateSourceKey } from './rotate-source-key'
export { rotateWebhookSecret } from './rotate-webhook-secret'
export { setupOf } from './rules'
export { onThisInstallation, sandboxUrl } from './sandbox'
export { saveDraft } from './save-draft'
export { setStepActive } from './set-step-active'
export { sharedCapUse, sharedCapUses, withLimits } from './shared-cap-use'
export { findSourceDocs, type SourceDocs } from './source-docs'
export { tryRule } from './try-rule'
export { updateFlow } from './update-flow'
export { updateSource } from './update-source'
