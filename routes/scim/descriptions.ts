/**
 * What this side can do of SCIM 2.0, as RFC 7643 has it described: users, and `active` of each;
 * groups, which are teams.
 */
import type { DirectoryUser } from "../../db/directory_users.ts";
import { pageSize } from "../../db/directory_users.ts";
import type { Team } from "../../db/teams.ts";
import { groupSchema, userSchema } from "./bodies.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0";

/** The configuration of section 5. */
export const configuration = (base: string) => ({
  schemas: [`${core}:ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: pageSize },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [{
    type: "oauthbearertoken",
    name: "Bearer token",
    description: "A token of the tenant, created in the sign-in settings",
    specUri: "https://www.rfc-editor.org/info/rfc6750",
    primary: true,
  }],
  meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
});

/** The types of section 6. */
export const userType = (base: string) => ({
  schemas: [`${core}:ResourceType`],
  id: "User",
  name: "User",
  endpoint: "/Users",
  description: "Users of the tenant",
  schema: userSchema,
  schemaExtensions: [],
  meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/User` },
});

export const groupType = (base: string) => ({
  schemas: [`${core}:ResourceType`],
  id: "Group",
  name: "Group",
  endpoint: "/Groups",
  description: "Teams of the tenant",
  schema: groupSchema,
  schemaExtensions: [],
  meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/Group` },
});

const attribute = (name: string, description: string, more: Record<string, unknown> = {}) => ({
  name,
  description,
  type: "string",
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readOnly",
  returned: "default",
  uniqueness: "none",
  ...more,
});

/** People may work for several tenants and choose their own name: a directory does not get it. */
const unanswered = { mutability: "writeOnly", returned: "never" };

/** The schemas of section 7: what we say of people, and what may be changed. */
export const userSchemaOf = (base: string) => ({
  schemas: [`${core}:Schema`],
  id: userSchema,
  name: "User",
  description: "Users of the tenant",
  attributes: [
    attribute("userName", "The address a person signs in with", {
      required: true,
      mutability: "immutable",
      uniqueness: "server",
    }),
    attribute("displayName", "The name of a newly created person; never returned", unanswered),
    attribute("name", "The same name", {
      type: "complex",
      ...unanswered,
      subAttributes: [
        attribute("formatted", "The whole name", unanswered),
        attribute("givenName", "The first name", unanswered),
        attribute("familyName", "The last name", unanswered),
      ],
    }),
    attribute("emails", "The same address", {
      type: "complex",
      multiValued: true,
      subAttributes: [
        attribute("value", "The address"),
        attribute("primary", "Whether it is the primary one", { type: "boolean" }),
      ],
    }),
    attribute("active", "Whether the person may sign in to the tenant", {
      type: "boolean",
      mutability: "readWrite",
    }),
  ],
  meta: { resourceType: "Schema", location: `${base}/Schemas/${userSchema}` },
});

export const groupSchemaOf = (base: string) => ({
  schemas: [`${core}:Schema`],
  id: groupSchema,
  name: "Group",
  description: "Teams of the tenant",
  attributes: [
    attribute("displayName", "The name of the team", {
      required: true,
      mutability: "readWrite",
      uniqueness: "server",
    }),
    attribute("members", "Who is in the team", {
      type: "complex",
      multiValued: true,
      mutability: "readWrite",
      subAttributes: [
        attribute("value", "The id of the user", { mutability: "immutable" }),
      ],
    }),
  ],
  meta: { resourceType: "Schema", location: `${base}/Schemas/${groupSchema}` },
});

/** A team as directories know one. */
export const groupOf = (base: string, { id, name, members }: Team) => ({
  schemas: [groupSchema],
  id,
  displayName: name,
  members: members.map((each) => ({
    value: each.id,
    $ref: `${base}/Users/${each.id}`,
  })),
  meta: { resourceType: "Group", location: `${base}/Groups/${id}` },
});

/** A user as directories know one. */
export const userOf = (base: string, user: DirectoryUser) => {
  const { id, email, createdAt, deactivatedAt } = user;
  return {
    schemas: [userSchema],
    id,
    userName: email,
    emails: [{ value: email, type: "work", primary: true }],
    active: deactivatedAt === null,
    meta: {
      resourceType: "User",
      created: createdAt.toISOString(),
      lastModified: (deactivatedAt ?? createdAt).toISOString(),
      location: `${base}/Users/${id}`,
    },
  };
};

/** A list of section 3.4.2 of RFC 7644. */
export const listOf = (found: readonly unknown[], total: number, startIndex: number) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: total,
  startIndex,
  itemsPerPage: found.length,
  Resources: found,
});
