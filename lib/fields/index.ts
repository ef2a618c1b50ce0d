export { createField } from './create-field'
export { deleteField } from './delete-field'
export { listCustomFields, listFields } from './queries'
export { updateField } from './update-field'
