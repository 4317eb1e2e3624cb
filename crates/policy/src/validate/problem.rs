//! The sentences with which IAM refuses a policy.

use thiserror::Error;

use super::resource::IAM_PATHS;

/// AWS's sentences.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// No JSON, or an element that the grammar does not know or not of this type.
    #[error("Syntax errors in policy.")]
    Syntax,
    /// A trust policy that is no JSON.
    #[error("This policy contains invalid Json")]
    InvalidJson,
    /// Version is missing or `2008-10-17`.
    #[error("Policy document must be version 2012-10-17 or greater.")]
    Version,
    /// Principal in a policy for identities.
    #[error("Policy document should not specify a principal.")]
    PrincipalInIdentityPolicy,
    /// Effect in the wrong case, a date that is none, an ARN with too few parts.
    #[error("The policy failed legacy parsing")]
    LegacyParsing,
    /// A Sid with other characters than letters and digits.
    #[error(
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
    )]
    SidCharacters,
    /// A Sid used twice.
    #[error("Statement IDs (SID) in a single policy must be unique.")]
    DuplicateSid,
    /// Neither Action nor NotAction, or an empty list.
    #[error("Policy statement must contain actions.")]
    NoActions,
    /// Neither Resource nor NotResource, or an empty list.
    #[error("Policy statement must contain resources.")]
    NoResources,
    /// A resource without a colon.
    #[error("Resource {resource} must be in ARN format or \"*\".")]
    NoArn {
        /// As written.
        resource: String,
    },
    /// A partition that does not exist.
    #[error("Partition \"{partition}\" is not valid for resource \"{resource}\".")]
    Partition {
        /// As written.
        partition: String,
        /// The ARN as AWS completes it.
        resource: String,
    },
    /// An ARN without a service, or with a wildcard in it.
    #[error("Resource vendor must be fully qualified and cannot contain regexes.")]
    ResourceVendor,
    /// An ARN of IAM with a region.
    #[error("IAM resource {resource} cannot contain region information.")]
    IamRegion {
        /// As written.
        resource: String,
    },
    /// An ARN of S3 with a region.
    #[error("Resource {resource} can not contain region information.")]
    S3Region {
        /// As written.
        resource: String,
    },
    /// An ARN of IAM with something else than one of IAM's types of resource.
    #[error("IAM resource path must either be \"*\" or start with {}.", IAM_PATHS.join(", "))]
    IamPath,
    /// An action without a colon.
    #[error("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    NoVendor,
    /// An action with two colons.
    #[error("Actions/Condition can contain only one colon.")]
    Colons,
    /// A service prefix with characters that none has.
    #[error("Vendor {vendor} is not valid")]
    Vendor {
        /// As written.
        vendor: String,
    },
    /// A trust policy without Principal.
    #[error("Missing required field Principal")]
    NoPrincipal,
    /// A trust policy with Resource.
    #[error("Has prohibited field Resource")]
    ResourceInTrustPolicy,
    /// A trust policy for everybody.
    #[error("AssumeRolepolicy contained an invalid principal: \"STAR\":\"*\".")]
    Everyone,
    /// A principal that cannot exist. Whether one that could exist does, the caller has to ask.
    #[error("Invalid principal in policy: \"{kind}\":\"{value}\"")]
    InvalidPrincipal {
        /// The key it stood under.
        kind: &'static str,
        /// As written.
        value: String,
    },
    /// A trust policy that speaks of something else than assuming the role.
    #[error("AssumeRole policy may only specify STS AssumeRole actions.")]
    TrustActions,
}
