/** Identifiers: UUID version 7, made in the application so that PostgreSQL 15 serves as well. */
import { v7, validate } from "uuid";

/** A new identifier; those made later sort later. */
export const newId = (): string => v7();

/** Whether a text is a UUID, so that a path part may reach a query. */
export const isId = (text: string): boolean => validate(text);
