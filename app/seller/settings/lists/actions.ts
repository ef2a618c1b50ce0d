'use server'

import { sellerAction } from '@/lib/auth'
import { addValues, createList, deleteList, removeValues, renameList } from '@/lib/lists'
import { AddValuesInput, CreateListInput, ListIdInput, RemoveValuesInput, RenameListInput } from '@/lib/lists/schema'

export const createListAction = sellerAction(CreateListInput, createList)
export const renameListAction = sellerAction(RenameListInput, renameList)
export const deleteListAction = sellerAction(ListIdInput, deleteList)
export const addValuesAction = sellerAction(AddValuesInput, addValues)
export const removeValuesAction = sellerAction(RemoveValuesInput, removeValues)
