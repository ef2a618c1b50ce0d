export { curlOf } from './curl'
export { type Delivery, deliver } from './deliver'
export type { DeliveryContext } from './prepare'
export { previewRequest } from './preview-request'
