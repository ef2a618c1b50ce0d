'use server'

import { sellerAction } from '@/lib/auth'
import { createField, deleteField, updateField } from '@/lib/fields'
import { CreateFieldInput, FieldNameInput, UpdateFieldInput } from '@/lib/fields/schema'

export const createFieldAction = sellerAction(CreateFieldInput, createField)
export const updateFieldAction = sellerAction(UpdateFieldInput, updateField)
export const deleteFieldAction = sellerAction(FieldNameInput, deleteField)
