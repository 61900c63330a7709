; Inno Setup script: iscc /DVersion=0.2.0 /DPublisher=Somebody packaging\windows\bsr.iss   (after build.py)
#ifndef Version
  #error Say the version: /DVersion=0.2.0
#endif
#ifndef Publisher
  #error Say who publishes it: /DPublisher=Somebody
#endif

[Setup]
AppId={{6C0E3B1B-4E0B-4D8F-9B0C-5B2E7C1A9D42}
AppName=BSR
AppVersion={#Version}
AppPublisher={#Publisher}
DefaultDirName={autopf}\BSR
DefaultGroupName=BSR
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\resources\icons\bsr.ico
UninstallDisplayIcon={app}\bsr-app.exe
OutputDir=..\..\dist
OutputBaseFilename=bsr-{#Version}-win32-setup
Compression=lzma2
SolidCompression=yes
ChangesEnvironment=yes

[Languages]
Name: en; MessagesFile: "compiler:Default.isl"
Name: de; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: desktop; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: path; Description: "Add the command line to PATH"; Flags: unchecked

[Files]
Source: "..\..\dist\bsr\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\BSR"; Filename: "{app}\bsr-app.exe"
Name: "{autodesktop}\BSR"; Filename: "{app}\bsr-app.exe"; Tasks: desktop

[Registry]
; "Open with" for pictures; no file type is taken over.
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "BSR"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\shell\open\command"; ValueType: string; ValueData: """{app}\bsr-app.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".jpe"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".jfif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".tiff"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".bmp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".gif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".pbm"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".pgm"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".pnm"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\bsr-app.exe\SupportedTypes"; ValueType: string; ValueName: ".ppm"; ValueData: ""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: not IsAdminInstallMode and NotOnPath

[Code]
function NotOnPath(): Boolean;
var
  Path: String;
begin
  if not RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Path) + ';') = 0;
end;
