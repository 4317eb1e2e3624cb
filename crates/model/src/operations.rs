//! The one list of operations. Doors, the audit's coverage test and the wire's table are expanded from it.

/// Calls `$callback!` with every operation, by service: `iam { CreateUser GetUser … } sts { … } …`.
///
/// To add one: write its words here in `model`, put its name in this list, and let the compiler name what is missing.
#[macro_export]
macro_rules! for_each_operation {
    ($callback:path) => {
        $callback! {
            iam {
                CreateUser GetUser ListUsers UpdateUser DeleteUser
                TagUser UntagUser ListUserTags
                CreateGroup GetGroup ListGroups UpdateGroup DeleteGroup
                AddUserToGroup RemoveUserFromGroup ListGroupsForUser
                ListPolicies GetPolicy GetPolicyVersion ListPolicyVersions ListEntitiesForPolicy
                CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion SetDefaultPolicyVersion
                TagPolicy UntagPolicy ListPolicyTags
                AttachUserPolicy DetachUserPolicy ListAttachedUserPolicies
                AttachGroupPolicy DetachGroupPolicy ListAttachedGroupPolicies
                PutUserPolicy GetUserPolicy DeleteUserPolicy ListUserPolicies
                PutGroupPolicy GetGroupPolicy DeleteGroupPolicy ListGroupPolicies
                PutUserPermissionsBoundary DeleteUserPermissionsBoundary
                SimulateCustomPolicy SimulatePrincipalPolicy
                GetContextKeysForCustomPolicy GetContextKeysForPrincipalPolicy
                ListPoliciesGrantingServiceAccess
                CreateLoginProfile GetLoginProfile UpdateLoginProfile DeleteLoginProfile
                ChangePassword GetAccountPasswordPolicy UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy
                CreateVirtualMFADevice DeleteVirtualMFADevice ListVirtualMFADevices
                EnableMFADevice ResyncMFADevice DeactivateMFADevice ListMFADevices GetMFADevice
                CreateAccessKey ListAccessKeys UpdateAccessKey DeleteAccessKey GetAccessKeyLastUsed
                CreateAccountAlias DeleteAccountAlias ListAccountAliases GetAccountSummary
                GetAccountAuthorizationDetails
                GenerateCredentialReport GetCredentialReport
                GenerateServiceLastAccessedDetails GetServiceLastAccessedDetails
                GetServiceLastAccessedDetailsWithEntities
            }
            sts { GetCallerIdentity }
            budgets {
                CreateBudget DescribeBudget DescribeBudgets UpdateBudget DeleteBudget
                CreateNotification DescribeNotificationsForBudget UpdateNotification DeleteNotification
                CreateSubscriber DescribeSubscribersForNotification UpdateSubscriber DeleteSubscriber
                DescribeBudgetNotificationsForAccount DescribeBudgetPerformanceHistory
                TagResource UntagResource ListTagsForResource
            }
            cloudtrail { LookupEvents }
            cloudwatch {
                PutMetricAlarm DescribeAlarms DescribeAlarmsForMetric DescribeAlarmHistory
                SetAlarmState EnableAlarmActions DisableAlarmActions
                PutMetricData ListMetrics GetMetricStatistics GetMetricData
                DeleteAlarms
            }
            sns {
                CreateTopic ListTopics GetTopicAttributes SetTopicAttributes
                Subscribe ConfirmSubscription ListSubscriptions ListSubscriptionsByTopic
                GetSubscriptionAttributes SetSubscriptionAttributes
                Publish AddPermission RemovePermission
                TagResource UntagResource ListTagsForResource
                Unsubscribe DeleteTopic
            }
            billing {
                AddSpend ListSpend
                AddUsage AddUsagePlan AddUsageCurve ImportCosts
                ListLineItems ListCostEntries DeleteCostEntry
                GetBillingPreferences UpdateBillingPreferences
                GetSandboxClock AdvanceSandboxClock ResetSandboxClock
                GetIAMAccessPreference UpdateIAMAccessPreference
            }
            signin {
                SignInRoot SignInUser SubmitMfaCode ResyncMfaDevice GetMfaChallenge SubmitPasskey SignOut
                RequestPasswordReset ResetPassword
            }
            account {
                StartSignUp ResendCode VerifyEmail SetRootPassword
                PutContactInformation PutPaymentMethod SendPhoneCode VerifyPhone CompleteSignUp GetSignUp
                PutAccountName StartPrimaryEmailUpdate AcceptPrimaryEmailUpdate ChangeRootPassword
            }
            console {
                ListUserRows ListPolicyRows ListGroupRows ListPermissionRows ListBudgetRows
                ListManagedPolicyRows GetPolicySummary CheckPolicyDocument ListPolicyEntityRows
                GetEntityPermissions
                SearchResources ExplainDenial
                StartPasskeyRegistration FinishPasskeyRegistration
                RegenerateCredentialReport RevokeUserSessions
                ListOwnSessions EndOwnSession EndOtherSessions ListSignIns
                ConfirmByMail UnsubscribeByMail ListNotices
                PutPreferences ListMail GetMail OpenMailbox CreateMailboxLink
            }
            operator {
                CreateAccount ListAccounts ResetRootPassword ResetRootMfa DeleteAccount
                ImportHardwareToken EvaluateCosts EvaluateAlarms CreateOperatorLink OpenOperatorLink
                ListOutbox ResendMail ResendDeadLetters DiscardMail
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::Operation;

    macro_rules! check_all {
        ($($service:ident { $($name:ident)* })*) => {
            /// Every example keeps its own rules, and survives its own wire form.
            #[test]
            fn examples_are_valid() {
                $($(
                    let example = crate::$service::$name::example();
                    assert_eq!(example.checked(), Ok(()), stringify!($name));
                    assert_eq!(crate::$service::$name::ACTION.service, stringify!($service));
                    assert_eq!(crate::$service::$name::ACTION.name, stringify!($name));
                    let json = serde_json::to_value(&example).expect("serializes");
                    serde_json::from_value::<crate::$service::$name>(json).expect("comes back");
                )*)*
            }
        };
    }
    crate::for_each_operation!(check_all);
}
