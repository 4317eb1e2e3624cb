//! The drawings of [`IconName`]: for each, the outline that is stroked and the shape that is filled.
//!
//! All but `home`, `hide`, `moon`, `pin`, `show` and `sun` come from Cloudscape's `src/icon/icons`
//! (Apache-2.0, see NOTICE), with circles and rectangles rewritten as paths.

/// The name of an icon, after Cloudscape's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum IconName {
    /// `add-plus`
    AddPlus,
    /// `angle-down`
    AngleDown,
    /// `angle-left`
    AngleLeft,
    /// `angle-right`
    AngleRight,
    /// `angle-up`
    AngleUp,
    /// `arrow-left`
    ArrowLeft,
    /// `arrow-right`
    ArrowRight,
    /// `calendar`
    Calendar,
    /// `caret-down`
    CaretDown,
    /// `caret-down-filled`
    CaretDownFilled,
    /// `caret-right-filled`
    CaretRightFilled,
    /// `caret-up`
    CaretUp,
    /// `caret-up-filled`
    CaretUpFilled,
    /// `check`
    Check,
    /// `close`
    Close,
    /// `copy`
    Copy,
    /// `download`
    Download,
    /// `edit`
    Edit,
    /// `ellipsis`
    Ellipsis,
    /// `envelope`
    Envelope,
    /// `external`
    External,
    /// `file`
    File,
    /// `filter`
    Filter,
    /// `folder`
    Folder,
    /// `globe`
    Globe,
    /// `grid-view`
    GridView,
    /// `group`
    Group,
    /// `hide`
    Hide,
    /// `history`
    History,
    /// `home`
    Home,
    /// `key`
    Key,
    /// `light-dark`
    LightDark,
    /// `list-view`
    ListView,
    /// `lock-private`
    LockPrivate,
    /// `menu`
    Menu,
    /// `moon`
    Moon,
    /// `notification`
    Notification,
    /// `pin`
    Pin,
    /// `refresh`
    Refresh,
    /// `remove`
    Remove,
    /// `script`
    Script,
    /// `search`
    Search,
    /// `security`
    Security,
    /// `settings`
    Settings,
    /// `show`
    Show,
    /// `sign-out`
    SignOut,
    /// `star`
    Star,
    /// `star-filled`
    StarFilled,
    /// `status-in-progress`
    StatusInProgress,
    /// `status-info`
    StatusInfo,
    /// `status-negative`
    StatusNegative,
    /// `status-not-started`
    StatusNotStarted,
    /// `status-pending`
    StatusPending,
    /// `status-positive`
    StatusPositive,
    /// `status-stopped`
    StatusStopped,
    /// `status-warning`
    StatusWarning,
    /// `sun`
    Sun,
    /// `support`
    Support,
    /// `ticket`
    Ticket,
    /// `upload`
    Upload,
    /// `user-profile`
    UserProfile,
    /// `view-full`
    ViewFull,
}

impl IconName {
    /// Every icon, for the gallery.
    pub const ALL: &[IconName] = &[
        IconName::AddPlus,
        IconName::AngleDown,
        IconName::AngleLeft,
        IconName::AngleRight,
        IconName::AngleUp,
        IconName::ArrowLeft,
        IconName::ArrowRight,
        IconName::Calendar,
        IconName::CaretDown,
        IconName::CaretDownFilled,
        IconName::CaretRightFilled,
        IconName::CaretUp,
        IconName::CaretUpFilled,
        IconName::Check,
        IconName::Close,
        IconName::Copy,
        IconName::Download,
        IconName::Edit,
        IconName::Ellipsis,
        IconName::Envelope,
        IconName::External,
        IconName::File,
        IconName::Filter,
        IconName::Folder,
        IconName::Globe,
        IconName::GridView,
        IconName::Group,
        IconName::Hide,
        IconName::History,
        IconName::Home,
        IconName::Key,
        IconName::LightDark,
        IconName::ListView,
        IconName::LockPrivate,
        IconName::Menu,
        IconName::Moon,
        IconName::Notification,
        IconName::Pin,
        IconName::Refresh,
        IconName::Remove,
        IconName::Script,
        IconName::Search,
        IconName::Security,
        IconName::Settings,
        IconName::Show,
        IconName::SignOut,
        IconName::Star,
        IconName::StarFilled,
        IconName::StatusInProgress,
        IconName::StatusInfo,
        IconName::StatusNegative,
        IconName::StatusNotStarted,
        IconName::StatusPending,
        IconName::StatusPositive,
        IconName::StatusStopped,
        IconName::StatusWarning,
        IconName::Sun,
        IconName::Support,
        IconName::Ticket,
        IconName::Upload,
        IconName::UserProfile,
        IconName::ViewFull,
    ];

    /// The path that is stroked and the path that is filled, on a grid of 16 by 16.
    pub(super) const fn paths(self) -> (&'static str, &'static str) {
        match self {
            IconName::AddPlus => ("M2.01 8h12M8 14l.01-12", ""),
            IconName::AngleDown => ("m2 5 6 6 6-6", ""),
            IconName::AngleLeft => ("M11 2 5 8l6 6", ""),
            IconName::AngleRight => ("m5 2 6 6-6 6", ""),
            IconName::AngleUp => ("m2 11 6-6 6 6", ""),
            IconName::ArrowLeft => ("M7 3 2 8l5 5M2 8h13", ""),
            IconName::ArrowRight => ("m9 3 5 5-5 5M14 8H1", ""),
            IconName::Calendar => (
                "M14 8V2H2v12h6M2 2h12v12h-12Z",
                "M4 6V4h2v2H4ZM7 6V4h2v2H7ZM10 6V4h2v2h-2ZM4 9V7h2v2H4ZM7 9V7h2v2H7ZM4 12v-2h2v2H4ZM7 12v-2h2v2H7ZM10 9V7h2v2h-2Z",
            ),
            IconName::CaretDown => ("m8 11 4-6H4l4 6Z", ""),
            IconName::CaretDownFilled => ("m8 11 4-6H4l4 6Z", "m8 11 4-6H4l4 6Z"),
            IconName::CaretRightFilled => ("m11 8-6 4V4l6 4Z", "m11 8-6 4V4l6 4Z"),
            IconName::CaretUp => ("m8 5 4 6H4l4-6Z", ""),
            IconName::CaretUpFilled => ("m8 5 4 6H4l4-6Z", "m8 5 4 6H4l4-6Z"),
            IconName::Check => ("m1 9 4 4L15 2", ""),
            IconName::Close => ("m2 1.71 12 12M2 13.71l12-12", ""),
            IconName::Copy => ("M15 5H5v10h10V5ZM13 1H1v11", ""),
            IconName::Download => ("M1 15h14M0 0m13 6-5 5-5-5M8 10V1", ""),
            IconName::Edit => (
                "m6.19 13.275-4.19.7M0 0m2 13.975.7-4.19M0 0m2.7 9.785 7.2-7.2c.78-.78 2.05-.78 2.83 0l.66.66c.78.78.78 2.05 0 2.83l-7.2 7.2M0 0m9 3.995 3 3",
                "",
            ),
            IconName::Ellipsis => (
                "",
                "M6.5 2.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0ZM6.5 13.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0ZM6.5 8a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0Z",
            ),
            IconName::Envelope => ("m1 3 7 6M15 3 8 9M15 3H1v10h14V3Z", ""),
            IconName::External => ("M13 9.012v-6H7M13.02 3 7 9.01M3 5.012v8h8.01", ""),
            IconName::File => ("M13 15H3V1h6l4 4v10ZM8 1v5h5", ""),
            IconName::Filter => ("m1 3 5 5v7l4-2V8l5-5V1H1v2Z", ""),
            IconName::Folder => ("M15 5v9H2V2h6l1 2h5c.55 0 1 .45 1 1Z", ""),
            IconName::Globe => ("M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0ZM5 8a3 7 0 1 0 6 0a3 7 0 1 0 -6 0ZM1 8h14", ""),
            IconName::GridView => ("M6 10H2v4h4v-4ZM14 10h-4v4h4v-4ZM6 2H2v4h4V2ZM14 2h-4v4h4V2Z", ""),
            IconName::Group => (
                "M15 16v-2a2 2 0 0 0-2-2H9a2 2 0 0 0-2 2v2M9 6.75a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0 -4.5 0ZM6.254 8.99H3a2.005 2.005 0 0 0-2.005 2.005v2h.01v-2C1.005 9.893 1.898 9 3 9h3.261a8.678 8.678 0 0 1-.007-.01ZM2 4.25a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0 -4.5 0Z",
                "M6.254 8.99H3a2.005 2.005 0 0 0-2.005 2.005v2h.01v-2C1.005 9.893 1.898 9 3 9h3.261a8.678 8.678 0 0 1-.007-.01Z",
            ),
            IconName::Hide => {
                ("M1 8c1.6-2.9 4.1-4.5 7-4.5S13.4 5.1 15 8c-1.6 2.9-4.1 4.5-7 4.5S2.6 10.9 1 8ZM2.5 13.5l11-11", "")
            }
            IconName::History => (
                "M1 0v5l5-.04M1 8c0 3.87 3.13 7 7 7s7-3.13 7-7-3.13-7-7-7C5.21 1 2.8 2.63 1.67 5M9 4v5M9 9H5M9 9h.01",
                "",
            ),
            IconName::Home => ("M2 7 8 2l6 5M3.5 6v8h9V6M6.5 14v-4h3v4", ""),
            IconName::Key => (
                "M10 1a5.002 5.002 0 0 0-4.6 6.96L1 12.36v2.65h4v-2h3v-2.42c.61.27 1.29.42 2 .42 2.76 0 5-2.24 5-5s-2.24-5-5-5V1Z",
                "M10.5 7a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z",
            ),
            IconName::LightDark => ("M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0Z", "M8 15A7 7 0 1 0 8 1v14Z"),
            IconName::ListView => (
                "M5 3h10M5 8h10M5 13h10M2.01 3.01H2V3h.01v.01ZM2.01 8.01H2V8h.01v.01ZM2.01 13.01H2V13h.01v.01Z",
                "M2.01 3.01H2V3h.01v.01ZM2.01 8.01H2V8h.01v.01ZM2.01 13.01H2V13h.01v.01Z",
            ),
            IconName::LockPrivate => (
                "M12 7H4a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V8a1 1 0 0 0-1-1ZM5 7V4c0-1.65 1.35-3 3-3s3 1.35 3 3v3",
                "",
            ),
            IconName::Menu => ("M15 3H1M15 8H1M15 13H1", ""),
            IconName::Moon => ("M13.5 9.8A6 6 0 1 1 6.2 2.5a4.8 4.8 0 0 0 7.3 7.3Z", ""),
            IconName::Notification => (
                "M14 12H2c-.39 0-.63-.44-.41-.76L4 8V5c0-2.21 1.79-4 4-4s4 1.79 4 4v3l2.41 3.24c.22.33-.02.76-.41.76ZM6 13c0 1.1.9 2 2 2s2-.9 2-2",
                "",
            ),
            IconName::Pin => ("M6 1.5h4M7 1.5 6.5 7 4 9.5h8L9.5 7 9 1.5M8 9.5V15", ""),
            IconName::Refresh => {
                ("M15 0v5l-5-.04M15 8c0 3.87-3.13 7-7 7s-7-3.13-7-7 3.13-7 7-7c2.79 0 5.2 1.63 6.33 4", "")
            }
            IconName::Remove => ("M1 5h14M0 0m13 5-1 10H4L3 5M5 5V2h6v3", ""),
            IconName::Script => ("M5 4 1 8l4 4M11 4l4 4-4 4M7 13 9 3", ""),
            IconName::Search => ("m11 11 4 4M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Z", ""),
            IconName::Security => (
                "M8 1C6.29 2.53 4.13 3.32 2 3.48v3.48c0 2.05.76 3.88 1.71 5.14.92 1.22 2.32 2.21 4.29 2.9 1.97-.69 3.37-1.68 4.29-2.9A8.684 8.684 0 0 0 14 6.96V3.48C11.87 3.32 9.71 2.52 8 1ZM8 4v5M8 10v2",
                "",
            ),
            IconName::Settings => (
                "M6.11 1.729c.07-.42.44-.729.86-.729h2.02c.43 0 .79.31.86.729l.17.999c.05.29.24.529.5.679.06.03.11.06.17.1.25.15.56.2.84.1l.95-.35c.4-.15.85 0 1.07.38l1.01 1.747c.21.37.13.839-.2 1.108l-.78.64c-.23.189-.34.479-.33.768v.2c0 .29.11.579.33.769l.78.639c.33.27.42.739.2 1.108l-1.01 1.748c-.21.37-.66.529-1.06.38l-.95-.35a.966.966 0 0 0-.84.1c-.06.03-.11.07-.17.1-.26.14-.45.389-.5.679l-.17.998A.878.878 0 0 1 9 15H6.98a.87.87 0 0 1-.86-.729l-.17-.998a.988.988 0 0 0-.5-.68c-.06-.03-.11-.06-.17-.1a.996.996 0 0 0-.84-.1l-.95.35c-.4.15-.85 0-1.06-.38l-1.01-1.747a.873.873 0 0 1 .2-1.108l.78-.64c.23-.189.34-.479.33-.768v-.2c0-.3-.11-.579-.33-.769l-.78-.639a.861.861 0 0 1-.2-1.108l1.01-1.748c.21-.37.66-.529 1.07-.38l.95.35c.28.1.58.06.84-.1.06-.03.11-.07.17-.1.26-.14.45-.379.5-.678l.15-1ZM10 8c0 1.1-.9 2-2 2s-2-.9-2-2 .9-2 2-2 2 .9 2 2Z",
                "",
            ),
            IconName::Show => (
                "M1 8c1.6-2.9 4.1-4.5 7-4.5S13.4 5.1 15 8c-1.6 2.9-4.1 4.5-7 4.5S2.6 10.9 1 8ZM6 8a2 2 0 1 0 4 0a2 2 0 1 0 -4 0Z",
                "",
            ),
            IconName::SignOut => ("M7 2H2v12h5M13.98 8.018 5.5 8.01m4.241 4.244 4.243-4.242-4.243-4.243", ""),
            IconName::Star => {
                ("m8 1 2.16 4.38 4.84.71-3.5 3.41.83 4.81L8 12.04l-4.33 2.27.83-4.81L1 6.09l4.84-.71L8 1Z", "")
            }
            IconName::StarFilled => (
                "m8 1 2.16 4.38 4.84.71-3.5 3.41.83 4.81L8 12.04l-4.33 2.27.83-4.81L1 6.09l4.84-.71L8 1Z",
                "m8 1 2.16 4.38 4.84.71-3.5 3.41.83 4.81L8 12.04l-4.33 2.27.83-4.81L1 6.09l4.84-.71L8 1Z",
            ),
            IconName::StatusInProgress => {
                ("M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0Z", "M9 7H7v2h2V7ZM6 7H4v2h2V7ZM12 7h-2v2h2V7Z")
            }
            IconName::StatusInfo => ("M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0ZM8 12V7M8 6V4", ""),
            IconName::StatusNegative => ("M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0ZM0 0m5.5 5.5 5 5M10.5 5.5l-5 5", ""),
            IconName::StatusNotStarted => ("M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0Z", ""),
            IconName::StatusPending => ("M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0ZM8 4v5H4", ""),
            IconName::StatusPositive => ("M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0ZM4.5 7.5 7 10l4-5", ""),
            IconName::StatusStopped => ("M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0ZM5 8h6", ""),
            IconName::StatusWarning => (
                "M8 5v4M8 10v2M6.52 1.88l-5.33 9.76c-.13.23-.19.5-.19.76 0 .88.71 1.59 1.59 1.59H13.4c.88 0 1.59-.71 1.59-1.59 0-.27-.07-.53-.19-.76L9.48 1.88C9.18 1.34 8.62 1 8 1s-1.18.34-1.48.88Z",
                "",
            ),
            IconName::Sun => (
                "M5 8a3 3 0 1 0 6 0a3 3 0 1 0 -6 0ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
                "",
            ),
            IconName::Support => (
                "M1 8a7 7 0 1 0 14 0a7 7 0 1 0 -14 0ZM5.75 6.338c.13-1.178.811-2.339 2.37-2.339 1.472 0 2.435 1.312 2.042 2.468-.215.633-.916 1.132-1.385 1.578C8.162 8.631 8 9.2 8 10M8 12.01h.01V12H8v.01Z",
                "M8 12.01h.01V12H8v.01Z",
            ),
            IconName::Ticket => ("M13 8c0-1.1.9-2 2-2V3H1v3c1.1 0 2 .9 2 2s-.9 2-2 2v3h14v-3c-1.1 0-2-.9-2-2Z", ""),
            IconName::Upload => ("M1 1h14M13 10 8 5l-5 5M8 6v9", ""),
            IconName::UserProfile => (
                "M8 7c1.66 0 3-1.34 3-3S9.66 1 8 1 5 2.34 5 4s1.34 3 3 3ZM2 16v-3c0-1.66 1.34-3 3-3h6c1.66 0 3 1.34 3 3v3",
                "",
            ),
            IconName::ViewFull => (
                "M15 1H1v14h14V1Z",
                "M11.5 4h-7a.5.5 0 0 0-.5.5v7a.5.5 0 0 0 .5.5h7a.5.5 0 0 0 .5-.5v-7a.5.5 0 0 0-.5-.5Z",
            ),
        }
    }
}
